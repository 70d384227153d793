"""The page of models: train, compare, put into service, go back; progress comes by itself."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.desk.learning_moves import MOVES
from bot.domain.errors import BotError
from bot.domain.model_life import (
    UNFINISHED,
    AlreadyServing,
    ChoiceState,
    JobKind,
    JobOver,
    JobRunning,
    JobState,
    NothingToGoBackTo,
    ReasonMissing,
    UnknownModel,
)
from bot.domain.people import Agent
from bot.services.learning.model_choices import known_models, model_before

JOBS, CHOICES = 10, 20

NOTES: Mapping[type[BotError], str] = {
    AlreadyServing: "这个模型已经在用，或正在切换，不用再选。",
    JobOver: "这个任务已经结束。",
    JobRunning: "已有任务在进行，一次只做一个，请等它结束或先停止它。",
    NothingToGoBackTo: "这个版本还没有用过别的模型，没有可退回的。",
    ReasonMissing: "请写明理由，会记入审计。",
    UnknownModel: "没有这个模型，或它不是为现在的版本训练的，请从列表里选。",
}
NO_COMPARISON = "没有找到这次比较。"
JOB_STATES = {
    JobState.QUEUED: "排队中",
    JobState.RUNNING: "进行中",
    JobState.STOPPING: "正在停止",
    JobState.DONE: "已完成",
    JobState.FAILED: "失败",
    JobState.STOPPED: "已停止",
}
JOB_KINDS = {JobKind.TRAIN: "训练", JobKind.COMPARE: "比较"}
CHOICE_STATES = {
    ChoiceState.WANTED: "正在切换",
    ChoiceState.ACTIVE: "在用",
    ChoiceState.PAST: "用过",
    ChoiceState.FAILED: "没有启用",
    ChoiceState.SUPERSEDED: "被后来的选择取代",
}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent, note="", typed={})


def show_jobs(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the part of the page that changes by itself."""
    html = desk.templates.get_template("learning_jobs.html").render(**_state(desk, agent))
    return HTMLResponse(html)


def show_comparison(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the figures and changed sentences of one comparison."""
    with desk.unit_of_work() as unit:
        job = unit.learning_jobs.get(request.path_params["job"])
    if job is None or job.kind is not JobKind.COMPARE or job.state is not JobState.DONE:
        template = desk.templates.get_template("learning_missing.html")
        return HTMLResponse(
            template.render(agent=agent, text="没有找到这次比较。"), status_code=404
        )
    html = desk.templates.get_template("learning_comparison.html").render(
        agent=agent, job=job, result=job.result, words=desk.learning.words, note=""
    )
    return HTMLResponse(html)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    act = MOVES.get(request.path_params["move"])
    if act is None:
        return _show(desk, agent, note=NOTES[UnknownModel], typed=fields)
    try:
        act(desk, agent, fields)
    except tuple(NOTES) as error:
        return _show(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse("/desk/learning/models", status_code=303)


def _show(desk: Desk, agent: Agent, *, note: str, typed: Fields) -> Response:
    html = desk.templates.get_template("learning_models.html").render(
        **_state(desk, agent), note=note, typed=typed, first=one
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)


def _state(desk: Desk, agent: Agent) -> dict[str, Any]:
    with desk.unit_of_work() as unit:
        jobs = unit.learning_jobs.newest(JOBS)
        active = unit.models.newest_in(ChoiceState.ACTIVE)
        return {
            "agent": agent,
            "jobs": jobs,
            "is_busy": any(job.state in UNFINISHED for job in jobs),
            "active": active,
            "wanted": unit.models.newest_in(ChoiceState.WANTED),
            "before": model_before(unit),
            "known": [m for m in known_models(unit) if not active or m.base == active.base],
            "choices": unit.models.newest(CHOICES),
            "names": {agent.id: agent.name for agent in unit.people.agents()},
            "job_states": JOB_STATES,
            "job_kinds": JOB_KINDS,
            "choice_states": CHOICE_STATES,
            "unfinished": UNFINISHED,
        }
