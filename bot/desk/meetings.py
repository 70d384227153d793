"""Talks with business at the desk: announcing, who comes, questions about the same, answers."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.desk.context import Desk
from bot.desk.guard import Fields, form, one, page
from bot.domain.errors import BotError
from bot.domain.meetings import (
    BadMeeting,
    BadQuestion,
    MeetingClosed,
    MeetingKind,
    NewMeeting,
    UnknownMeeting,
)
from bot.domain.people import Agent, NotAllowed
from bot.services.meetings import meetings
from bot.services.meetings.meetings import MeetingDesk
from bot.services.times.local_time import LOCAL, local_day

ROOT = "/desk/talks"
KINDS: Mapping[MeetingKind, str] = {
    MeetingKind.MEETING: "座谈会",
    MeetingKind.CONSULTATION: "征求意见",
}
NOTES: Mapping[type[BotError], str] = {
    BadMeeting: "请写标题（4 到 60 个字）和说明；座谈会要写时间，截止日期不能是过去。",
    BadQuestion: "请选要答复的问题，问题和答复（取消时是理由）至少写 4 个字。",
    MeetingClosed: "这一场已经取消了。",
    NotAllowed: "政企沟通由主管安排和答复。",
}


def meeting_routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes."""
    talk = "/talks/{talk:int}"
    return [
        Route("/talks", page(desk, show_list), methods=["GET"]),
        Route("/talks", form(desk, announce), methods=["POST"]),
        Route(talk, page(desk, show_one), methods=["GET"]),
        Route(f"{talk}/answers", form(desk, answer), methods=["POST"]),
        Route(f"{talk}/cancel", form(desk, cancel), methods=["POST"]),
    ]


def show_list(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return what was announced, and the form."""
    return _list(desk, agent, note="", typed={})


def announce(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Announce a talk."""
    try:
        talk = meetings.announce(_office(desk, agent), _new(fields))
    except tuple(NOTES) as error:
        return _list(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(f"{ROOT}/{talk}", status_code=303)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one."""
    return _one(desk, agent, request.path_params["talk"], note="", typed={})


def answer(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Publish an answer to the chosen questions."""
    ids = [int(raw) for raw in fields.get("id") or () if raw.isascii() and raw.isdigit()]

    def act(office: MeetingDesk, talk: int) -> None:
        meetings.answer(
            office, talk, ids, question=one(fields, "question"), text=one(fields, "answer")
        )

    return _act(desk, request, agent, fields, act)


def cancel(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Say that a talk does not take place."""

    def act(office: MeetingDesk, talk: int) -> None:
        meetings.cancel(office, talk, reason=one(fields, "reason"))

    return _act(desk, request, agent, fields, act)


def _act(
    desk: Desk,
    request: Request,
    agent: Agent,
    fields: Fields,
    act: Callable[[MeetingDesk, int], None],
) -> Response:
    talk = request.path_params["talk"]
    try:
        act(_office(desk, agent), talk)
    except UnknownMeeting:
        return _missing(desk, agent)
    except tuple(NOTES) as error:
        return _one(desk, agent, talk, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(f"{ROOT}/{talk}", status_code=303)


def _list(
    desk: Desk,
    agent: Agent,
    *,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.CONFLICT,
) -> Response:
    with desk.reading() as unit:
        found = unit.meetings.newest(meetings.SHOWN)
    html = desk.templates.get_template("talks.html").render(
        agent=agent,
        note=note,
        typed=typed,
        found=found,
        kinds=KINDS,
        today=local_day(desk.now()),
    )
    return HTMLResponse(html, status_code=status if note else HTTPStatus.OK)


def _one(desk: Desk, agent: Agent, talk: int, *, note: str, typed: Fields) -> Response:
    try:
        found = meetings.read_meeting(_office(desk, agent), talk)
    except UnknownMeeting:
        return _missing(desk, agent)
    html = desk.templates.get_template("talk.html").render(
        agent=agent, note=note, typed=typed, found=found, one=found.meeting, kinds=KINDS
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)


def _missing(desk: Desk, agent: Agent) -> Response:
    note = "没有这一场。"
    return _list(desk, agent, note=note, typed={}, status=HTTPStatus.NOT_FOUND)


def _new(fields: Fields) -> NewMeeting:
    try:
        kind = MeetingKind(one(fields, "kind"))
        starts = one(fields, "starts_at")
        at = datetime.fromisoformat(starts).replace(tzinfo=LOCAL) if starts else None
        closes_on = date.fromisoformat(one(fields, "closes_on"))
    except ValueError as error:
        raise BadMeeting from error
    return NewMeeting(
        kind=kind,
        title=one(fields, "title"),
        text=one(fields, "text"),
        place=one(fields, "place")[:200],
        starts_at=at if kind is MeetingKind.MEETING else None,
        closes_on=closes_on,
    )


def _office(desk: Desk, agent: Agent) -> MeetingDesk:
    return MeetingDesk(
        desk.unit_of_work,
        agent,
        desk.now(),
        desk.catalogue,
        desk.router,
        desk.hot_rules.likeness,
    )
