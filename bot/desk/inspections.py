"""Inspections: sampled cases without names, findings, and what was done about them."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk.context import Desk
from bot.desk.guard import Fields, form, one, page
from bot.domain.cases import CASE_STATE_LABELS
from bot.domain.errors import BotError
from bot.domain.inspections import (
    MOST_SAMPLED,
    SHORTEST,
    BadFinding,
    BadSample,
    FindingAnswered,
    NothingToSample,
    SampleWish,
    UnknownSample,
)
from bot.domain.people import Agent, NotAllowed
from bot.services.reviews import inspections
from bot.services.reviews.inspections import InspectionDesk
from bot.services.times.local_time import local_day

ROOT = "/desk/inspections"
NOTES: Mapping[type[BotError], str] = {
    BadFinding: f"请写明发现了什么或者怎么办的，至少 {SHORTEST} 个字；办件要是抽样里有的。",
    BadSample: f"日期、件数或种子不对：开始不能晚于结束，最多抽 {MOST_SAMPLED} 件，种子是整数。",
    FindingAnswered: "没有找到这一条，或者刚刚被别人办过了。",
    NothingToSample: "这几天没有办结的办件，换个日期试试。",
    NotAllowed: "发现的问题由主管办理和答复。",
}
KINDS: Mapping[str, str] = {
    "opened": "登记",
    "step_finished": "办完一步",
    "escalated": "超期提级",
    "urged": "催办",
    "urge_answered": "答复催办",
    "urge_escalated": "催办提级",
    "supplemented": "补交材料",
    "noted": "平台记录",
    **{state.value: label for state, label in CASE_STATE_LABELS.items()},
}
"""What a line of a sampled case's history is called."""


def inspection_routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    sample = "/inspections/samples/{sample:int}"
    return [
        Route("/inspections", page(desk, show), methods=["GET"]),
        Route("/inspections/samples", form(desk, draw), methods=["POST"]),
        Route(sample, page(desk, show_sample), methods=["GET"]),
        Route("/inspections/findings", form(desk, report), methods=["POST"]),
        Route("/inspections/findings/{finding:int}", form(desk, answer), methods=["POST"]),
    ]


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return samples, findings and forms."""
    return _page(desk, agent, note="", typed={})


def draw(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Draw a sample and show it."""
    try:
        sample_id = inspections.draw_sample(_office(desk, agent), _wish(fields))
    except tuple(NOTES) as error:
        return _page(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(f"{ROOT}/samples/{sample_id}", status_code=303)


def show_sample(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the cases of a sample."""
    try:
        found, cases = inspections.read_sample(_office(desk, agent), request.path_params["sample"])
    except UnknownSample:
        return _page(desk, agent, note="没有这次抽样。", typed={}, status=HTTPStatus.NOT_FOUND)
    html = desk.templates.get_template("inspection_sample.html").render(
        agent=agent, sample=found, cases=cases, kinds=KINDS, catalogue=desk.catalogue, note=""
    )
    return HTMLResponse(html)


def report(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Write a finding."""
    sample, position = _number(one(fields, "sample")), _number(one(fields, "position"))
    try:
        inspections.report_finding(
            _office(desk, agent), text=one(fields, "text"), sample_id=sample, position=position
        )
    except tuple(NOTES) as error:
        return _page(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(ROOT, status_code=303)


def answer(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Write what was done about a finding."""
    finding = request.path_params["finding"]
    try:
        inspections.answer_finding(_office(desk, agent), finding, text=one(fields, "answer"))
    except tuple(NOTES) as error:
        return _page(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(ROOT, status_code=303)


def _page(
    desk: Desk,
    agent: Agent,
    *,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.CONFLICT,
) -> Response:
    today = local_day(desk.now())
    html = desk.templates.get_template("inspections.html").render(
        agent=agent,
        note=note,
        typed=typed,
        found=inspections.read_inspections(_office(desk, agent)),
        most=MOST_SAMPLED,
        today=today,
        month=today.replace(day=1),
    )
    return HTMLResponse(html, status_code=status if note else HTTPStatus.OK)


def _wish(fields: Fields) -> SampleWish:
    try:
        return SampleWish(
            first=date.fromisoformat(one(fields, "first")),
            last=date.fromisoformat(one(fields, "last")),
            size=int(one(fields, "size")),
            seed=int(one(fields, "seed")),
        )
    except ValueError as error:
        raise BadSample from error


def _number(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else None  # noqa: PLR2004


def _office(desk: Desk, agent: Agent) -> InspectionDesk:
    return InspectionDesk(desk.unit_of_work, agent, desk.now(), desk.calendar, desk.catalogue)
