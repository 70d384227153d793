"""The window's pages: the list of applications, one application, and what is done with it."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.application_moves import MOVES
from bot.desk.application_view import view_of
from bot.desk.context import Desk
from bot.desk.errors import NO_REASON
from bot.desk.guard import Fields, one
from bot.domain.application_errors import (
    NoPapersNamed,
    NotAnApplication,
    PapersAskedAlready,
    PapersOutstanding,
    ReasonMissing,
)
from bot.domain.cases import CASE_STATE_LABELS, CaseMoveRefused, CaseState
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.services.applications.desk import BadDay, Window
from bot.services.applications.ports import ApplicationFilter
from bot.services.applications.reading import list_applications, read_application
from bot.services.applications.rights import departments_seen
from bot.services.cases.desk import CaseChanged, UnknownCase
from bot.services.privacy.personal_data import NoReason, note_shown, read_reason

MAX_PAGE = 10_000

NOTES: Mapping[type[BotError], str] = {
    BadDay: "容缺材料要写明补交日期，且从明天起算，请检查日期。",
    CaseChanged: "这件刚刚被别人处理过，下面是最新状态，请看过再操作。",
    CaseMoveRefused: "现在的状态不能这样办理，可能刚被别人处理过，下面是最新状态。",
    NoPapersNamed: "请写明缺哪些材料，一次列全。",
    NoReason: NO_REASON,
    NotAllowed: "您没有办理这一步的权限。",
    PapersAskedAlready: (
        "已经一次性告知过，不能再次要求补件。只有申请人补交的材料本身引出新问题时才可以，"
        "请选明是哪份并写明理由（行政许可法第三十二条）。"
    ),
    PapersOutstanding: "容缺材料还没补齐，补齐后才能办结。",
    ReasonMissing: "请写明理由，申请人会看到。",
}
"""What went wrong, in words; what was typed stays in the form."""


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the list with its filters."""
    query = request.query_params
    states = {state.value: state for state in CaseState}
    state = states.get(query.get("state", ""))
    district, department = query.get("district", ""), query.get("department", "")
    number = query.get("number", "").strip()[:40]
    raw_page = query.get("page", "0")
    page = int(raw_page) if raw_page.isascii() and raw_page.isdigit() and len(raw_page) < 6 else 0  # noqa: PLR2004
    wanted = ApplicationFilter(
        states=(state,) if state else (),
        district_id=district if district in desk.catalogue.districts else None,
        department_ids=(department,) if department in desk.catalogue.departments else (),
        number=number,
    )
    found = list_applications(_window(desk, agent), wanted, min(page, MAX_PAGE))
    chosen = {"state": state.value if state else "", "district": district}
    chosen |= {"department": department, "number": number}
    html = desk.templates.get_template("applications.html").render(
        agent=agent,
        found=found,
        total=sum(found.counts.values()),
        labels=CASE_STATE_LABELS,
        chosen=chosen,
        catalogue=desk.catalogue,
        sees_all=departments_seen(agent) is None,
        link=lambda **changes: "/desk/applications?" + urlencode({**chosen, **changes}),
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one application."""
    return _show(desk, agent, request.path_params["number"], note="", typed={})


def show_personal(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Return one application with names and numbers in full, for a reason."""
    number = request.path_params["number"]
    try:
        reason = read_reason(one(fields, "reason"), one(fields, "other"))
        read_application(_window(desk, agent), number)
        note_shown(desk.unit_of_work, agent=agent, subject=number, reason=reason, now=desk.now())
    except (UnknownCase, NotAnApplication, NotAllowed):
        return _missing(desk, agent)
    except NoReason as error:
        return _show(
            desk, agent, number, note=NOTES[type(error)], typed={}, status=HTTPStatus.CONFLICT
        )
    return _show(desk, agent, number, note="", typed={}, is_shown=True)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    number = request.path_params["number"]
    act = MOVES.get(request.path_params["move"])
    if act is None:
        return _missing(desk, agent)
    try:
        act(_window(desk, agent), number, fields)
    except (UnknownCase, NotAnApplication):
        return _missing(desk, agent)
    except tuple(NOTES) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        return _show(desk, agent, number, note=NOTES[type(error)], typed=fields, status=status)
    return RedirectResponse(f"/desk/applications/{number}", status_code=303)


def _show(
    desk: Desk,
    agent: Agent,
    number: str,
    *,
    note: str,
    typed: Fields,
    status: HTTPStatus = HTTPStatus.OK,
    is_shown: bool = False,
) -> Response:
    try:
        page = read_application(_window(desk, agent), number)
    except (UnknownCase, NotAnApplication, NotAllowed):
        # the same for "does not exist" and "not yours"
        return _missing(desk, agent)
    view = view_of(page, desk.catalogue, desk.forms, is_shown=is_shown)
    html = desk.templates.get_template("application.html").render(
        agent=agent,
        view=view,
        page=page,
        note=note,
        typed=typed,
        is_shown=is_shown,
        reasons=desk.words.reasons,
    )
    return HTMLResponse(html, status_code=status)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("office_note.html").render(
        agent=agent, title="没有找到这件申请", text="编号不对，或者不归您的部门办理。"
    )
    return HTMLResponse(html, status_code=404)


def _window(desk: Desk, agent: Agent) -> Window:
    return Window(
        desk.unit_of_work,
        agent,
        desk.now(),
        desk.catalogue,
        desk.calendar,
        desk.application_texts,
    )
