"""The pages of the register: the list of cases, one case, what is done by hand, the export."""

from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.case_query import read_query
from bot.desk.case_view import view_of
from bot.desk.context import Desk
from bot.desk.errors import NO_REASON
from bot.desk.guard import Fields
from bot.documents.case_table import TABLES
from bot.domain.case_watch import UnknownUrge, UrgeAnswered
from bot.domain.cases import CASE_STATE_LABELS, CaseMoveRefused, CaseState
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.services.cases import office as case_office
from bot.services.cases.desk import CaseChanged, MissingPapersNotNamed, UnknownCase
from bot.services.cases.office import Office
from bot.services.cases.rights import ReasonNeeded, departments_seen
from bot.services.privacy.personal_data import NoReason, note_shown, read_reason

MAX_TEXT = 500
MAX_EXPORT = 50_000
"""Rows of one export; the page says so when the list is longer."""

NOTES: Mapping[type[BotError], str] = {
    CaseChanged: "这件刚刚被别人处理过，下面是最新状态，请看过再操作。",
    CaseMoveRefused: "现在的状态不能这样办理，可能刚被别人处理过，下面是最新状态。",
    MissingPapersNotNamed: "要求补正请写明缺哪些材料，一次列全（行政许可法第三十二条）。",
    NoReason: NO_REASON,
    NotAllowed: "您没有办理这一步的权限。",
    ReasonNeeded: "请写明理由或答复，申请人会看到。",
    UnknownUrge: "没有找到这条催办，请刷新页面。",
    UrgeAnswered: "这条催办已经有人答复了。",
}
"""What went wrong, in words; what was typed stays in the form."""


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the list with its filters."""
    query = read_query(request.query_params, desk.catalogue)
    found = case_office.list_cases(_office(desk, agent), query.wanted(), query.page)
    html = desk.templates.get_template("cases.html").render(
        agent=agent,
        found=found,
        query=query,
        total=sum(found.counts.values()),
        labels=CASE_STATE_LABELS,
        catalogue=desk.catalogue,
        sees_all=departments_seen(agent) is None,
        today=_office(desk, agent).today,
        max_export=MAX_EXPORT,
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one case."""
    return _show(desk, agent, request.path_params["number"], note="", typed={})


def show_personal(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Return one case with the applicant's name and telephone number, for a reason."""
    number = request.path_params["number"]
    try:
        reason = read_reason(_one(fields, "reason"), _one(fields, "other"))
        case_office.read_case(_office(desk, agent), number)
        note_shown(desk.unit_of_work, agent=agent, subject=number, reason=reason, now=desk.now())
    except UnknownCase:
        return _missing(desk, agent)
    except NoReason as error:
        return _show(
            desk, agent, number, note=NOTES[type(error)], typed={}, status=HTTPStatus.CONFLICT
        )
    return _show(desk, agent, number, note="", typed={}, is_shown=True)


def export(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the filtered list as a file."""
    kind = request.path_params["kind"]
    if kind not in TABLES:
        return _missing(desk, agent)
    make, media_type = TABLES[kind]
    query = read_query(request.query_params, desk.catalogue)
    office = _office(desk, agent)
    rows = case_office.export_cases(office, query.wanted(), MAX_EXPORT)
    name = f"cases-{office.today.isoformat()}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(make(rows, desk.catalogue), media_type=media_type, headers=headers)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    number = request.path_params["number"]
    act = MOVES.get(request.path_params["move"])
    if act is None:
        return _missing(desk, agent)
    try:
        act(_office(desk, agent), number, fields)
    except UnknownCase:
        return _missing(desk, agent)
    except tuple(NOTES) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        return _show(desk, agent, number, note=NOTES[type(error)], typed=fields, status=status)
    return RedirectResponse(f"/desk/cases/{number}", status_code=303)


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
    office = _office(desk, agent)
    try:
        page = case_office.read_case(office, number)
    except UnknownCase:
        return _missing(desk, agent)
    html = desk.templates.get_template("case.html").render(
        agent=agent,
        page=page,
        case=page.case,
        shown=view_of(page, desk.catalogue, desk.case_rules),
        labels=CASE_STATE_LABELS,
        today=office.today,
        note=note,
        typed=typed,
        is_shown=is_shown,
        reasons=desk.words.reasons,
    )
    return HTMLResponse(html, status_code=status)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("case_missing.html").render(agent=agent)
    return HTMLResponse(html, status_code=404)


def _office(desk: Desk, agent: Agent) -> Office:
    return Office(desk.unit_of_work, agent, desk.now(), desk.calendar, desk.case_rules)


def _move(office: Office, number: str, fields: Fields) -> None:
    to = _one(fields, "to")
    known = {state.value for state in CaseState}
    if to not in known:
        raise CaseChanged
    missing = [line.strip() for line in _one(fields, "missing").splitlines() if line.strip()]
    case_office.move_by_hand(
        office, number=number, to=CaseState(to), reason=_one(fields, "reason"), missing=missing
    )


def _finish(office: Office, number: str, fields: Fields) -> None:
    case_office.finish_step_by_hand(office, number=number, reason=_one(fields, "reason"))


def _reply(office: Office, number: str, fields: Fields) -> None:
    try:
        on = date.fromisoformat(_one(fields, "on"))
    except ValueError:
        raise UnknownUrge from None
    case_office.answer_urge(office, number=number, on=on, text=_one(fields, "reply"))


MOVES: Mapping[str, Callable[[Office, str, Fields], None]] = {
    "move": _move,
    "step": _finish,
    "reply": _reply,
}


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return values[0][:MAX_TEXT]
