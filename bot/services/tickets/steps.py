"""The steps that everything done to a ticket is made of, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import BotError
from bot.domain.ticket_clocks import ClockKind
from bot.domain.ticket_errors import ExtensionTooLate, ExtensionTooLong
from bot.domain.tickets import (
    DepartmentNotOnTicket,
    DepartmentState,
    Role,
    Ticket,
    TicketDepartment,
    TicketEvent,
    TicketEventKind,
    TicketMoveRefused,
    TicketState,
    check_ticket_move,
)
from bot.services.ports import UnitOfWork
from bot.services.tickets.stamps import Timing, stamp_ticket

S = TicketState


class UnknownTicket(BotError):
    """Staff asked for a ticket that does not exist."""


class TicketChanged(BotError):
    """Somebody else moved the ticket first; look at it again."""


def get(uow: UnitOfWork, number: str) -> Ticket:
    """Return a ticket; raises `UnknownTicket`."""
    ticket = uow.tickets.by_number(number)
    if ticket is None:
        raise UnknownTicket(number)
    return ticket


def held(uow: UnitOfWork, number: str) -> Ticket:
    """Return a ticket that nobody else changes before this transaction ends.

    Departments that report in at the same moment must not undo each other.

    Raises:
        UnknownTicket: No such ticket.
        TicketChanged: Somebody else moved it at this very moment.
    """
    return hold(uow, get(uow, number))


def hold(uow: UnitOfWork, seen: Ticket) -> Ticket:
    """Do what `held` does with a ticket that this transaction has read."""
    claim(uow, seen, seen.state)
    return get(uow, seen.number)


def claim(uow: UnitOfWork, ticket: Ticket, to: TicketState) -> None:
    """Set the state if it still is as seen; raises `TicketChanged` when it is not."""
    if not uow.tickets.move(ticket.id, ticket.state, to):
        raise TicketChanged(ticket.number)


def counted(uow: UnitOfWork, ticket: Ticket, timing: Timing, now: datetime) -> Ticket:
    """Count the clocks after a change and return the ticket as it is now."""
    stamp_ticket(uow, get(uow, ticket.number), timing, now)
    return get(uow, ticket.number)


def move(
    uow: UnitOfWork,
    ticket: Ticket,
    to: TicketState,
    *,
    actor: str,
    reason: str,
    now: datetime,
    days: int | None = None,
    origin: str | None = None,
) -> Ticket:
    """Move a ticket if the table has the move and nobody was faster."""
    check_ticket_move(ticket.state, to)
    claim(uow, ticket, to)
    event = TicketEvent(
        now, actor, TicketEventKind.MOVED, ticket.state, to, reason=reason, days=days
    )
    uow.tickets.append(ticket.id, event, origin)
    return get(uow, ticket.number)


def give_to(uow: UnitOfWork, ticket: Ticket, leading: str, assisting: Sequence[str]) -> None:
    """Replace the departments; the first leads, nobody is named twice."""
    ids = [leading, *(one for one in dict.fromkeys(assisting) if one != leading)]
    departments = [
        TicketDepartment(one, Role.ASSISTING if index else Role.LEADING, proposed=False)
        for index, one in enumerate(ids)
    ]
    uow.tickets.set_departments(ticket.id, departments)


def report_in(
    uow: UnitOfWork, ticket: Ticket, department_id: str, *, actor: str, now: datetime
) -> None:
    """A department of a held ticket reports in; the leading one takes it on.

    Raises:
        DepartmentNotOnTicket: It was not given to this department.
        TicketMoveRefused: It has not been dispatched, or is closed.
    """
    mine = ticket.department(department_id)
    if mine is None:
        raise DepartmentNotOnTicket(department_id)
    if mine.reported_in_at:
        return
    if ticket.state in {S.NEW, S.RETURNED, S.CLOSED}:
        raise TicketMoveRefused(ticket.state, S.REPORTED_IN)
    if mine.role is Role.LEADING:
        check_ticket_move(ticket.state, S.REPORTED_IN)
        claim(uow, ticket, S.REPORTED_IN)
        event = TicketEvent(
            now,
            actor,
            TicketEventKind.MOVED,
            ticket.state,
            S.REPORTED_IN,
            department_id=department_id,
        )
    else:
        event = TicketEvent(now, actor, TicketEventKind.REPORTED_IN, department_id=department_id)
    uow.tickets.append(ticket.id, event)
    set_department(
        uow, ticket, replace(mine, reported_in_at=now, state=DepartmentState.REPORTED_IN)
    )


def set_department(uow: UnitOfWork, ticket: Ticket, changed: TicketDepartment) -> None:
    """Write down how far one department of a held ticket is."""
    uow.tickets.set_departments(
        ticket.id,
        [
            changed if one.department_id == changed.department_id else one
            for one in ticket.departments
        ],
    )


def ask_extension(
    uow: UnitOfWork,
    ticket: Ticket,
    timing: Timing,
    *,
    days: int,
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    """Ask for more time: before the answer is due, and under the ceiling.

    Raises:
        ExtensionTooLate: The answer was due before.
        ExtensionTooLong: More working days than are left, or none.
    """
    answer = next((c for c in ticket.clocks if c.kind is ClockKind.ANSWER), None)
    if answer is None or answer.due is None or now > answer.due.at:
        raise ExtensionTooLate
    left = timing.rules.extension.value - ticket.granted_days
    if not 1 <= days <= left:
        raise ExtensionTooLong(left)
    move(
        uow,
        ticket,
        S.EXTENSION_REQUESTED,
        actor=actor,
        reason=reason,
        now=now,
        days=days,
    )


def decide_extension(
    uow: UnitOfWork,
    ticket: Ticket,
    timing: Timing,
    *,
    is_granted: bool,
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    """Grant or refuse what was asked for; the work goes on.

    Asked for in time it may be granted later: the department does not pay for who decides.

    Raises:
        TicketMoveRefused: Nobody has asked.
    """
    if ticket.state is not S.EXTENSION_REQUESTED:
        raise TicketMoveRefused(ticket.state, S.IN_PROGRESS)
    claim(uow, ticket, S.IN_PROGRESS)
    left = timing.rules.extension.value - ticket.granted_days
    days = min(ticket.asked_days or left, left) if is_granted else None
    kind = TicketEventKind.EXTENDED if is_granted else TicketEventKind.NOT_EXTENDED
    event = TicketEvent(now, actor, kind, ticket.state, S.IN_PROGRESS, reason, days=days)
    uow.tickets.append(ticket.id, event)


def reopen(
    uow: UnitOfWork,
    ticket: Ticket,
    *,
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    """Begin the work again because the business is not content: once, and one level up."""
    check_ticket_move(ticket.state, S.IN_PROGRESS)
    claim(uow, ticket, S.IN_PROGRESS)
    event = TicketEvent(
        now, actor, TicketEventKind.REOPENED, ticket.state, S.IN_PROGRESS, reason=reason
    )
    uow.tickets.append(ticket.id, event)
    uow.tickets.set_round(ticket.id, ticket.round + 1)
