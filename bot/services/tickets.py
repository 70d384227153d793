"""The whistle: opening a ticket, and each step that departments and dispatchers take on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.identity import compact
from bot.domain.matters import Matter
from bot.domain.tickets import (
    DepartmentNotOnTicket,
    NewTicket,
    NoLeadingDepartment,
    Role,
    Ticket,
    TicketDepartment,
    TicketEvent,
    TicketEventKind,
    TicketMoveRefused,
    TicketState,
    Urgency,
    WhistleRules,
    check_ticket_move,
)
from bot.planner.calendar import WorkingCalendar
from bot.services.deadlines import due_after
from bot.services.dispatch import find_matter
from bot.services.numbers import NumberKind, hold_numbers, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.routing import Router, record_decision, record_proposal, route

APPLICANT = "applicant"


class UnknownTicket(BotError):
    """Staff asked for a ticket that does not exist."""


class TicketChanged(BotError):
    """Somebody else moved the ticket first; look at it again."""


def open_whistle(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    business_name: str,
    phone: str,
    district: str,
    description: str,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    rules: WhistleRules,
    matter_id: str | None = None,
    case_number: str | None = None,
    urgency: Urgency = Urgency.NORMAL,
    is_demo: bool = False,
    router: Router | None = None,
) -> Ticket:
    """Open a ticket with proposed departments; the same origin again returns the first ticket.

    Args:
        unit_of_work: Opens the transaction.
        origin: Idempotency key.
        conversation_id: Where the business talks to us; it may see the ticket without proof.
        business_name: As the business calls itself.
        phone: Digits of the telephone to call back.
        district: Id of a division or functional zone.
        description: What is stuck, in the business's words.
        now: Aware UTC.
        calendar: For the due times.
        catalogue: Knows departments and matters.
        rules: The operator's limits.
        matter_id: The matter it is about, if known; else the words decide.
        case_number: The case it is about, if any.
        urgency: Decides the limits.
        is_demo: Made-up data.
        router: Proposes departments by the text too; without it only by rule.

    Raises:
        UnknownMatter: The catalogue does not have the matter.
        UnknownDistrict: The catalogue does not have the district.
    """
    catalogue.district(district)
    matter = _matter(catalogue, rules, matter_id, description)
    proposal, departments = route(router, catalogue, matter, description)
    with unit_of_work() as uow:
        hold_numbers(uow, NumberKind.WHISTLE, now)
        known = uow.tickets.by_origin(origin)
        if known:
            return known
        ticket = NewTicket(
            number=next_number(uow, NumberKind.WHISTLE, now),
            conversation_id=conversation_id,
            origin=origin,
            business_name=business_name,
            contact_phone=compact(phone),
            description=description,
            district_id=district,
            urgency=urgency,
            matter_id=matter.id if matter else None,
            case_number=case_number,
            departments=departments,
            report_in_due=due_after(rules.report_in[urgency], now, rules, calendar),
            answer_due=due_after(rules.answer[urgency], now, rules, calendar),
            opened_at=now,
            is_demo=is_demo,
        )
        ticket_id = uow.tickets.add(ticket)
        record_proposal(uow, ticket.number, proposal, now)
        opened = TicketEvent(now, APPLICANT, TicketEventKind.OPENED, None, TicketState.NEW)
        uow.tickets.append(ticket_id, opened)
        return _get(uow, ticket.number)


def _matter(
    catalogue: Catalogue, rules: WhistleRules, matter_id: str | None, description: str
) -> Matter | None:
    if matter_id:
        return catalogue.matter(matter_id)
    return find_matter(catalogue, rules.keywords, description)


def my_tickets(unit_of_work: OpenUnitOfWork, *, conversation_id: str) -> Sequence[Ticket]:
    """Return the tickets of a conversation, newest first."""
    with unit_of_work() as uow:
        return uow.tickets.of_conversation(conversation_id)


def dispatch_ticket(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    leading: str,
    assisting: Sequence[str],
    actor: str,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    rules: WhistleRules,
    reason: str = "",
) -> Ticket:
    """Confirm or change the departments and send the ticket to them.

    Dispatched a second time, after a department sent it back, the new departments get a new time
    to report in; the answer stays due when it was promised.

    Raises:
        UnknownTicket: No such ticket.
        UnknownDepartment: The catalogue does not have a department.
        TicketMoveRefused: It is neither new nor returned.
        TicketChanged: Somebody else moved it at the same time.
    """
    ids = [leading, *(one for one in dict.fromkeys(assisting) if one != leading)]
    for department_id in ids:
        catalogue.department(department_id)
    departments = tuple(
        TicketDepartment(one, Role.ASSISTING if index else Role.LEADING, proposed=False)
        for index, one in enumerate(ids)
    )
    with unit_of_work() as uow:
        ticket = _get(uow, number)
        _move(uow, ticket, TicketState.DISPATCHED, actor=actor, reason=reason, now=now)
        uow.tickets.set_departments(ticket.id, departments)
        record_decision(uow, subject=number, decided_id=leading, actor=actor, now=now)
        if ticket.state is TicketState.RETURNED:
            again = due_after(rules.report_in[ticket.urgency], now, rules, calendar)
            uow.tickets.set_due(ticket.id, again, None)
        return _get(uow, number)


def report_in(
    unit_of_work: OpenUnitOfWork, *, number: str, department_id: str, actor: str, now: datetime
) -> Ticket:
    """A department reports in; the leading one takes the ticket on. Twice changes nothing.

    Raises:
        UnknownTicket: No such ticket.
        DepartmentNotOnTicket: It was not given to this department.
        TicketMoveRefused: It has not been dispatched, or is closed.
        TicketChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        ticket = _locked(uow, number)
        mine = next((d for d in ticket.departments if d.department_id == department_id), None)
        if mine is None:
            raise DepartmentNotOnTicket(department_id)
        if mine.reported_in_at:
            return ticket
        if ticket.state in {TicketState.NEW, TicketState.RETURNED, TicketState.CLOSED}:
            raise TicketMoveRefused(ticket.state, TicketState.REPORTED_IN)
        if mine.role is Role.LEADING:
            _move(uow, ticket, TicketState.REPORTED_IN, actor=actor, reason="", now=now)
        else:
            event = TicketEvent(now, department_id, TicketEventKind.REPORTED_IN)
            uow.tickets.append(ticket.id, event)
        arrived = replace(mine, reported_in_at=now)
        uow.tickets.set_departments(
            ticket.id, [arrived if d is mine else d for d in ticket.departments]
        )
        return _get(uow, number)


def move_ticket(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    to: TicketState,
    actor: str,
    reason: str,
    now: datetime,
    calendar: WorkingCalendar,
    rules: WhistleRules,
) -> Ticket:
    """Move a ticket; the business reads state and reason.

    Dispatching as proposed confirms the proposal. Work that starts again because the business was
    not content gets a new time to answer.

    Raises:
        UnknownTicket: No such ticket.
        TicketMoveRefused: The table of transitions does not have this move.
        NoLeadingDepartment: It is to be dispatched and nobody leads.
        TicketChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        ticket = _get(uow, number)
        check_ticket_move(ticket.state, to)
        if to is TicketState.DISPATCHED:
            if ticket.leading is None:
                raise NoLeadingDepartment(number)
            confirmed = [replace(d, proposed=False) for d in ticket.departments]
            uow.tickets.set_departments(ticket.id, confirmed)
        _move(uow, ticket, to, actor=actor, reason=reason, now=now)
        if ticket.state is TicketState.CALL_BACK and to is TicketState.IN_PROGRESS:
            again = due_after(rules.answer[ticket.urgency], now, rules, calendar)
            uow.tickets.set_due(ticket.id, None, again)
        return _get(uow, number)


def grant_extension(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    actor: str,
    reason: str,
    now: datetime,
    calendar: WorkingCalendar,
    rules: WhistleRules,
) -> Ticket:
    """Grant the extension that was asked for: the answer is due later, and work goes on.

    Raises:
        UnknownTicket: No such ticket.
        TicketMoveRefused: Nobody has asked for an extension.
        TicketChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        ticket = _get(uow, number)
        if ticket.state is not TicketState.EXTENSION_REQUESTED:
            raise TicketMoveRefused(ticket.state, TicketState.IN_PROGRESS)
        _move(uow, ticket, TicketState.IN_PROGRESS, actor=actor, reason=reason, now=now)
        later = due_after(rules.extension, ticket.answer_due.at, rules, calendar)
        uow.tickets.set_due(ticket.id, None, later)
        uow.tickets.append(ticket.id, TicketEvent(now, actor, TicketEventKind.EXTENDED))
        return _get(uow, number)


def _move(
    uow: UnitOfWork, ticket: Ticket, to: TicketState, *, actor: str, reason: str, now: datetime
) -> None:
    check_ticket_move(ticket.state, to)
    _claim(uow, ticket, to)
    event = TicketEvent(now, actor, TicketEventKind.MOVED, ticket.state, to, reason)
    uow.tickets.append(ticket.id, event)


def _claim(uow: UnitOfWork, ticket: Ticket, to: TicketState) -> None:
    if not uow.tickets.move(ticket.id, ticket.state, to):
        raise TicketChanged(ticket.number)


def _locked(uow: UnitOfWork, number: str) -> Ticket:
    """Read a ticket that nobody else changes before this transaction ends.

    Departments that report in at the same moment must not undo each other.
    """
    seen = _get(uow, number)
    _claim(uow, seen, seen.state)
    return _get(uow, number)


def _get(uow: UnitOfWork, number: str) -> Ticket:
    ticket = uow.tickets.by_number(number)
    if ticket is None:
        raise UnknownTicket(number)
    return ticket
