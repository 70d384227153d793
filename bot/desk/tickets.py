"""The pages of whistle tickets: the list, one ticket with its buttons, files, the export."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.assistances import STATES
from bot.desk.context import Desk
from bot.desk.errors import NO_REASON
from bot.desk.guard import Fields
from bot.desk.ticket_query import link_of, read_query
from bot.desk.ticket_view import LEVELS, view_of
from bot.documents.file_answer import file_headers
from bot.documents.ticket_table import MEDIA_TYPE, ticket_xlsx
from bot.domain.errors import BotError, UnknownDepartment
from bot.domain.people import Agent
from bot.domain.ticket_acts import Act
from bot.domain.ticket_clocks import CLOCK_LABELS, URGENCY_LABELS, Urgency
from bot.domain.ticket_errors import (
    ActRefused,
    ExtensionTooLate,
    ExtensionTooLong,
    ReasonMissing,
)
from bot.domain.tickets import (
    TICKET_STATE_LABELS,
    DepartmentNotOnTicket,
    NoLeadingDepartment,
    TicketMoveRefused,
    TicketState,
)
from bot.services.privacy.personal_data import NoReason, note_shown, read_reason
from bot.services.tickets import office as ticket_office
from bot.services.tickets.acts import ActRequest, act_on
from bot.services.tickets.office import TicketOffice, counter_filters, departments_seen
from bot.services.tickets.steps import TicketChanged, UnknownTicket

MAX_TEXT = 2000
MAX_DAYS_LENGTH = 3
MAX_ID_LENGTH = 10
MAX_EXPORT = 20_000
"""Rows of one export; the page says so when the list is longer."""

COUNTERS = {
    "new": "待派单",
    "returned": "被退回",
    "extension": "待定延期",
    "answered": "待回访",
    "report": "待报到",
    "contact": "待首次联系",
    "yellow": "快到期",
    "red": "已超期",
    "breached": "二次吹哨",
    "raised": "提级督办",
}
NOTES: Mapping[type[BotError], str] = {
    ActRefused: "现在的状态不能这样办，或者这一步不归您办，下面是最新状态。",
    DepartmentNotOnTicket: "这张单没有派给您的部门。",
    ExtensionTooLate: "答复已经到期，不能再申请延期；请尽快答复，或联系调度员。",
    NoLeadingDepartment: "派单要选一个牵头部门。",
    NoReason: NO_REASON,
    ReasonMissing: "请写明理由或内容，企业会看到。",
    TicketChanged: "这张单刚刚被别人处理过，下面是最新状态，请看过再操作；您写的内容还在。",
    TicketMoveRefused: "现在的状态不能这样办，下面是最新状态。",
    UnknownDepartment: "没有找到这个部门，请重新选。",
}
"""What went wrong, in words; what was typed stays in the form."""

TOO_LONG = "延期合计不能超过上限，这张单最多还能延 {left} 个工作日。"
NO_MORE = "这张单的延期已经用完，不能再延。"


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the list with its counters and filters."""
    query = read_query(request.query_params, desk.catalogue)
    found = ticket_office.list_tickets(office_of(desk, agent), query.wanted(), query.page)
    filters = counter_filters(agent)
    html = desk.templates.get_template("tickets.html").render(
        agent=agent,
        found=found,
        query=query,
        total=sum(found.counts.values()),
        counters=[
            (COUNTERS[name], n, link_of(filters[name])) for name, n in found.counters.items()
        ],
        labels=TICKET_STATE_LABELS,
        clocks=CLOCK_LABELS,
        urgencies=URGENCY_LABELS,
        levels=LEVELS,
        catalogue=desk.catalogue,
        sees_all=departments_seen(agent) is None,
        max_export=MAX_EXPORT,
    )
    return HTMLResponse(html)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one ticket."""
    return _show(desk, agent, request.path_params["number"], note="", typed={})


def show_personal(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Return one ticket with the telephone number of who blew the whistle, for a reason."""
    number = request.path_params["number"]
    try:
        reason = read_reason(_one(fields, "reason"), _one(fields, "other"))
        ticket_office.read_ticket(office_of(desk, agent), number)
        note_shown(desk.unit_of_work, agent=agent, subject=number, reason=reason, now=desk.now())
    except UnknownTicket:
        return _missing(desk, agent)
    except NoReason:
        return _show(desk, agent, number, note=NO_REASON, typed={}, status=HTTPStatus.CONFLICT)
    return _show(desk, agent, number, note="", typed={}, is_shown=True)


def export(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the filtered list as a workbook."""
    query = read_query(request.query_params, desk.catalogue)
    rows = ticket_office.export_tickets(office_of(desk, agent), query.wanted(), MAX_EXPORT)
    name = f"tickets-{desk.now():%Y-%m-%d}.xlsx"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(ticket_xlsx(rows, desk.catalogue), media_type=MEDIA_TYPE, headers=headers)


def download(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return a file of a ticket to somebody who may read the ticket."""
    number, raw = request.path_params["number"], request.path_params["file"]
    file_id = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < MAX_ID_LENGTH else 0
    try:
        file, content = ticket_office.read_file(office_of(desk, agent), number, file_id)
    except UnknownTicket:
        return _missing(desk, agent)
    return Response(content, media_type=file.media_type, headers=file_headers(file.name))


def act(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with the note and what was typed."""
    number = request.path_params["number"]
    wanted = _request(request.path_params["act"], fields)
    if wanted is None:
        return _missing(desk, agent)
    try:
        act_on(office_of(desk, agent), number, wanted)
    except UnknownTicket:
        return _missing(desk, agent)
    except ExtensionTooLong as error:
        note = TOO_LONG.format(left=error.left) if error.left > 0 else NO_MORE
        return _show(desk, agent, number, note=note, typed=fields, status=HTTPStatus.CONFLICT)
    except tuple(NOTES) as error:
        note = NOTES[type(error)]
        return _show(desk, agent, number, note=note, typed=fields, status=HTTPStatus.CONFLICT)
    return RedirectResponse(f"/desk/tickets/{number}", status_code=303)


def office_of(desk: Desk, agent: Agent) -> TicketOffice:
    """Return somebody at the desk of tickets, now."""
    return TicketOffice(
        desk.unit_of_work, agent, desk.now(), desk.calendar, desk.whistle_rules, desk.catalogue
    )


def _request(name: str, fields: Fields) -> ActRequest | None:
    """Read the form of a button; None when no button of ours sends this."""
    acts, states = {one.value for one in Act}, {one.value for one in TicketState}
    seen = _one(fields, "seen")
    if name not in acts or seen not in states:
        return None
    urgency, days = _one(fields, "urgency"), _one(fields, "days")
    is_number = days.isascii() and days.isdigit() and len(days) <= MAX_DAYS_LENGTH
    return ActRequest(
        act=Act(name),
        seen=TicketState(seen),
        text=_one(fields, "text"),
        leading=_one(fields, "leading"),
        assisting=tuple(fields.get("assisting", ())),
        urgency=Urgency(urgency) if urgency in {one.value for one in Urgency} else None,
        days=int(days) if is_number else 0,
    )


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
        page = ticket_office.read_ticket(office_of(desk, agent), number)
    except UnknownTicket:
        return _missing(desk, agent)
    html = desk.templates.get_template("ticket.html").render(
        agent=agent,
        page=page,
        ticket=page.ticket,
        shown=view_of(page, desk.catalogue, desk.now()),
        urgencies=URGENCY_LABELS,
        assistance_states=STATES,
        note=note,
        typed=typed,
        is_shown=is_shown,
        reasons=desk.words.reasons,
    )
    return HTMLResponse(html, status_code=status)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("ticket_missing.html").render(agent=agent)
    return HTMLResponse(html, status_code=404)


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return values[0][:MAX_TEXT]
