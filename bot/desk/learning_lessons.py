"""One decision: a second person releases or returns it; a fact is written; a release withdrawn."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.errors import BotError
from bot.domain.learning import (
    ALLOWED_STATES,
    BadLesson,
    LessonChanged,
    LessonState,
    OwnLesson,
    UnknownLesson,
)
from bot.domain.people import Agent
from bot.services.learning.lessons import decide

MOVES: Mapping[str, LessonState] = {
    "release": LessonState.RELEASED,
    "return": LessonState.RETURNED,
    "withdraw": LessonState.WITHDRAWN,
    "done": LessonState.DONE,
}

NOTES: Mapping[type[BotError], str] = {
    BadLesson: "请写明理由，提出的人会看到。",
    LessonChanged: "刚刚被别人处理过，下面是最新状态，请看过再操作。",
    OwnLesson: "自己提出的不能自己放行，请另一位同事复核。",
}
MISSING = "没有找到这条处理。"


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one decision with its messages and its history."""
    return _show(desk, agent, request.path_params["lesson"], note="", reason="")


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    lesson_id, to = request.path_params["lesson"], MOVES.get(request.path_params["move"])
    reason = one(fields, "reason")
    if to is None:
        return _missing(desk, agent)
    try:
        decide(
            desk.unit_of_work,
            agent=agent,
            lesson_id=lesson_id,
            to=to,
            reason=reason,
            now=desk.now(),
        )
    except tuple(NOTES) as error:
        return _show(desk, agent, lesson_id, note=NOTES[type(error)], reason=reason)
    except UnknownLesson:
        return _missing(desk, agent)
    return RedirectResponse(f"/desk/learning/lessons/{lesson_id}", status_code=303)


def _show(desk: Desk, agent: Agent, lesson_id: int, *, note: str, reason: str) -> Response:
    with desk.unit_of_work() as unit:
        lesson = unit.lessons.get(lesson_id)
        messages = unit.misunderstood.of_lesson(lesson_id)
        history = unit.lessons.history(lesson_id)
        names = {agent.id: agent.name for agent in unit.people.agents()}
    if lesson is None:
        return _missing(desk, agent)
    html = desk.templates.get_template("learning_lesson.html").render(
        agent=agent,
        lesson=lesson,
        messages=messages,
        history=history,
        names=names,
        moves={name: to for name, to in MOVES.items() if to in ALLOWED_STATES[lesson.state]},
        is_own=lesson.proposed_by == agent.id,
        room=desk.learning,
        words=desk.learning.words,
        note=note,
        reason=reason,
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("learning_missing.html").render(agent=agent, text=MISSING)
    return HTMLResponse(html, status_code=404)
