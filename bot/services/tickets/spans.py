"""When each clock of a ticket began, ran, stood and was met, read out of its history.

Nothing else decides about a clock, so it can be counted again at any time with other rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ticket_clocks import ClockKind
from bot.domain.tickets import (
    BEFORE_REPORT_IN,
    DepartmentState,
    Ticket,
    TicketEvent,
    TicketEventKind,
    TicketState,
)
from bot.services.times.deadlines import RunningSpan

S = TicketState
CONTACTED = frozenset(
    {S.IN_PROGRESS, S.CONSULTATION, S.WAITING, S.EXTENSION_REQUESTED, S.ANSWERED, S.CALL_BACK}
) | {S.CLOSED}


@dataclass(frozen=True)
class ClockRun:
    """How one clock went.

    Attributes:
        spans: When it ran; the end of the last is None while it runs.
        met_at: When what it waited for happened.
        days: Working days by which it was put off.
    """

    kind: ClockKind
    department_id: str
    started_at: datetime
    spans: tuple[RunningSpan, ...]
    met_at: datetime | None
    days: int = 0


def clock_runs(ticket: Ticket) -> tuple[ClockRun, ...]:
    """Return the clocks of a ticket, in the order of `ClockKind`."""
    return (
        *_report_in(ticket),
        *_first_contact(ticket),
        *_work(ticket, ClockKind.ANSWER, {S.ANSWERED}),
        *_work(ticket, ClockKind.SOLVE, {S.CLOSED}),
    )


def _report_in(ticket: Ticket) -> Iterator[ClockRun]:
    """The clock of a department; before the dispatch there is one, and it is the dispatcher's."""
    moves = _moves(ticket)
    again = [m for m in moves if m.seen is S.RETURNED and m.to is S.DISPATCHED]
    start = again[-1].at if again else ticket.opened_at
    if ticket.state in {S.NEW, S.RETURNED}:
        yield ClockRun(ClockKind.REPORT_IN, "", start, ((start, None),), None)
        return
    dispatched = next((m for m in reversed(moves) if m.to is S.DISPATCHED), None)
    if dispatched is None:  # closed by the dispatcher without any department
        over = moves[-1].at if moves else ticket.opened_at
        yield ClockRun(ClockKind.REPORT_IN, "", start, ((start, over),), over)
        return
    for one in ticket.departments:
        left = _left(ticket, one.department_id) if one.state is DepartmentState.RETURNED else None
        met = one.reported_in_at or left or _end(ticket, dispatched.at)
        yield ClockRun(ClockKind.REPORT_IN, one.department_id, start, ((start, met),), met)


def _first_contact(ticket: Ticket) -> Iterator[ClockRun]:
    leading = ticket.leading
    if leading is None or leading.reported_in_at is None or ticket.state in BEFORE_REPORT_IN:
        return
    start = leading.reported_in_at
    met = next((m.at for m in _moves(ticket) if m.to in CONTACTED and m.at >= start), None)
    yield ClockRun(ClockKind.FIRST_CONTACT, leading.department_id, start, ((start, met),), met)


def _work(ticket: Ticket, kind: ClockKind, ends: set[TicketState]) -> Iterator[ClockRun]:
    """The answer and the end: both stand while the business is waited for.

    When the business is not content, the answer begins anew; the end goes on.
    """
    start, events = ticket.opened_at, list(ticket.events)
    if kind is ClockKind.ANSWER:
        again = [n for n, event in enumerate(events) if event.kind is TicketEventKind.REOPENED]
        if again:
            start, events = events[again[-1]].at, events[again[-1] + 1 :]
    spans, met = _running(start, events, ends | {S.CLOSED})
    leading = ticket.leading
    owner = leading.department_id if leading and not ticket.is_proposed else ""
    days = ticket.granted_days if kind is ClockKind.ANSWER else _all_days(ticket)
    yield ClockRun(kind, owner, start, spans, met, days)


def _running(
    start: datetime, events: Sequence[TicketEvent], ends: set[TicketState]
) -> tuple[tuple[RunningSpan, ...], datetime | None]:
    spans: list[RunningSpan] = []
    begun: datetime | None = start
    for event in events:
        if event.to is None:
            continue
        if event.to in ends:
            if begun is not None:
                spans.append((begun, event.at))
            return tuple(spans), event.at
        if event.to is S.WAITING and begun is not None:
            spans.append((begun, event.at))
            begun = None
        elif event.seen is S.WAITING and begun is None:
            begun = event.at
    if begun is not None:
        spans.append((begun, None))
    return tuple(spans), None


def _all_days(ticket: Ticket) -> int:
    return sum(e.days or 0 for e in ticket.events if e.kind is TicketEventKind.EXTENDED)


def _moves(ticket: Ticket) -> list[TicketEvent]:
    return [event for event in ticket.events if event.kind is TicketEventKind.MOVED]


def _left(ticket: Ticket, department_id: str) -> datetime | None:
    kinds = {TicketEventKind.DEPARTMENT_LEFT}
    found = [e for e in ticket.events if e.kind in kinds and e.department_id == department_id]
    return found[-1].at if found else None


def _end(ticket: Ticket, since: datetime) -> datetime | None:
    """Return when there was nothing left to report in for: it was answered or closed."""
    ends = {S.ANSWERED, S.CLOSED}
    return next((m.at for m in _moves(ticket) if m.to in ends and m.at >= since), None)
