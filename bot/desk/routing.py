"""The dispatcher's page: what waits to be dispatched, what is proposed and why, one click."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.errors import BadRequest
from bot.desk.guard import Fields
from bot.domain.errors import BotError, UnknownDepartment
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.routing import Basis, RouteProposal
from bot.domain.tickets import Ticket, TicketMoveRefused, TicketState
from bot.services.tickets.similar_open import Beside
from bot.services.tickets.tickets import TicketChanged, UnknownTicket, dispatch_ticket

MOST = 30
"""Tickets on the page, the earliest answer due first."""

WAITING = (TicketState.NEW, TicketState.RETURNED)

NOTES: Mapping[type[BotError], str] = {
    NotAllowed: "您没有派单的权限。",
    TicketChanged: "这张单刚刚被别人处理过，请看最新的列表。",
    TicketMoveRefused: "这张单已经派出或办结，请看最新的列表。",
    UnknownDepartment: "没有找到这个部门，请从列表里选。",
    UnknownTicket: "没有找到这张单，请刷新页面。",
}
"""What went wrong, in words."""

REASONS: Mapping[Basis, str] = {
    Basis.MATTER: "按事项目录的承办部门：{words}",
    Basis.NAMED: "企业点名：{words}",
    Basis.LEARNT: "与一条复核过的诉求相同",
    Basis.TEXT: "因为提到：{words}",
    Basis.UNSURE: "拿不准，请您选择（提到：{words}）",
}
NO_REASON = "没有能判断的词，请您选择"


@dataclass(frozen=True)
class ShownProposal:
    """A proposal as the partial `routing_proposal.html` shows it.

    Attributes:
        leading: Id of the department proposed or hinted at, or "".
        assisting: Ids of those that assist.
        percent: How sure, 0 to 100; None where a rule decided and nothing was guessed.
        is_sure: It is a proposal and no hint.
    """

    number: str
    category: str
    leading: str
    assisting: tuple[str, ...]
    percent: int | None
    reason: str
    is_sure: bool


@dataclass(frozen=True)
class Waiting:
    """A ticket that waits to be dispatched."""

    ticket: Ticket
    proposal: ShownProposal
    beside: Beside


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _show(desk, agent, note="", typed={})


def proposal(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the proposal of one ticket and what is like it, as JSON."""
    if not agent.may(Permission.DISPATCH_TICKETS):
        raise NotAllowed
    with desk.unit_of_work() as uow:
        ticket = uow.tickets.by_number(request.path_params["number"])
    if ticket is None:
        raise BadRequest
    one = waiting_of(desk, ticket)
    answer = {
        "number": one.proposal.number,
        "category": one.proposal.category,
        "leading": one.proposal.leading,
        "assisting": one.proposal.assisting,
        "percent": one.proposal.percent,
        "reason": one.proposal.reason,
        "is_sure": one.proposal.is_sure,
        "own": [{"number": s.text.number, "likeness": s.likeness} for s in one.beside.own],
        "others": [{"number": s.text.number, "likeness": s.likeness} for s in one.beside.others],
    }
    return Response(msgspec.json.encode(answer), media_type="application/json")


def dispatch(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Dispatch as proposed or to another department; the difference is kept to learn from."""
    leading = (fields.get("department") or [""])[0]
    number = request.path_params["number"]
    try:
        if not agent.may(Permission.DISPATCH_TICKETS):
            raise NotAllowed
        dispatch_ticket(
            desk.unit_of_work,
            number=number,
            leading=leading,
            assisting=fields.get("assisting") or (),
            actor=f"agent:{agent.id}",
            now=desk.now(),
            calendar=desk.calendar,
            catalogue=desk.catalogue,
            rules=desk.whistle_rules,
        )
    except tuple(NOTES) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        note, typed = NOTES[type(error)], {number: leading}
        return _show(desk, agent, note=note, typed=typed, status=status)
    return RedirectResponse("/desk/routing", status_code=303)


def waiting_of(desk: Desk, ticket: Ticket) -> Waiting:
    """Return what the page shows of a ticket; made anew where nothing was proposed yet."""
    with desk.unit_of_work() as uow:
        made = uow.routing.proposal(ticket.number)
    if made is None:
        matter = desk.catalogue.matters.get(ticket.matter_id or "")
        made = desk.router.propose(ticket.description, matter)
    beside = desk.similar.beside(
        ticket.description, ticket.business_name, now=desk.now(), number=ticket.number
    )
    return Waiting(ticket, shown(ticket.number, made), beside)


def shown(number: str, made: RouteProposal) -> ShownProposal:
    """Return a proposal in words."""
    words = "、".join(made.words)
    is_guess = made.basis in {Basis.TEXT, Basis.UNSURE, Basis.LEARNT}
    return ShownProposal(
        number=number,
        category=made.category,
        leading=made.leading or "",
        assisting=made.department_ids[1:],
        percent=round(100 * made.confidence) if is_guess else None,
        reason=REASONS[made.basis].format(words=words) if made.leading else NO_REASON,
        is_sure=made.is_sure,
    )


def _show(
    desk: Desk,
    agent: Agent,
    *,
    note: str,
    typed: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    if not agent.may(Permission.DISPATCH_TICKETS):
        html = desk.templates.get_template("hot_missing.html").render(
            agent=agent, text=NOTES[NotAllowed]
        )
        return HTMLResponse(html, status_code=403)
    with desk.unit_of_work() as uow:
        tickets = uow.tickets.in_states(WAITING)
    html = desk.templates.get_template("routing.html").render(
        agent=agent,
        waiting=[waiting_of(desk, ticket) for ticket in tickets[:MOST]],
        total=len(tickets),
        catalogue=desk.catalogue,
        note=note,
        typed=typed,
    )
    return HTMLResponse(html, status_code=status)
