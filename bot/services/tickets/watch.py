"""The clock of the whistle: warns, whistles a second time, calls the supervisor; counts again."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ticket_clocks import CLOCK_LABELS, ClockLevel, WhistleRules
from bot.domain.tickets import TicketEvent, TicketEventKind
from bot.planner.calendar import WorkingCalendar
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets.ports import DueClock
from bot.services.tickets.stamps import Timing, stamp_ticket
from bot.services.tickets.whistle_settings import current_rules

CLOCK = "clock"
"""Actor of what happens by itself."""

BATCH = 200
"""Clocks in one round; a batch holds the database for a moment only."""

EVENTS = {
    ClockLevel.NONE: TicketEventKind.WARNED,
    ClockLevel.WARNED: TicketEventKind.BREACHED,
    ClockLevel.BREACHED: TicketEventKind.RAISED,
}
"""What happens to a clock of a level when its moment has come."""


@dataclass(frozen=True)
class TicketWatch:
    """What the clock of the whistle needs; `rules` are those of the file."""

    unit_of_work: OpenUnitOfWork
    rules: WhistleRules
    calendar: WorkingCalendar

    def timing(self, uow: UnitOfWork) -> Timing:
        """Return what counts now."""
        return Timing(current_rules(uow, self.rules), self.calendar)


def sweep(watch: TicketWatch, *, now: datetime, limit: int = BATCH) -> tuple[DueClock, ...]:
    """Fire what is due: a warning, the second whistle, the call of the supervisor.

    Claims and entries of the history are one transaction. Of two processes each takes clocks that
    the other does not hold, and clocks are raised only as they were seen, so each event is fired
    once. A clock that is far overdue goes up level by level, round by round, each in the history.

    Returns:
        The clocks as they were before, the earliest due first.
    """
    with watch.unit_of_work() as uow:
        due = uow.ticket_clocks.take_due(now, limit)
        if due:
            uow.ticket_clocks.fire(due, now)
            uow.tickets.append_all([(one.ticket_id, _event(one, now)) for one in due])
    return tuple(due)


def _event(one: DueClock, now: datetime) -> TicketEvent:
    return TicketEvent(
        now,
        CLOCK,
        EVENTS[one.level],
        reason=CLOCK_LABELS[one.kind],
        department_id=one.department_id or None,
        clock=one.kind,
    )


def recompute(watch: TicketWatch, *, now: datetime, limit: int = BATCH) -> int:
    """Count clocks again that other rules or another calendar counted; returns how many tickets.

    One transaction for a batch; call it until it returns 0.
    """
    with watch.unit_of_work() as uow:
        timing = watch.timing(uow)
        numbers = uow.ticket_clocks.stale(timing.key, limit)
        for number in numbers:
            seen = uow.tickets.by_number(number)
            # holds the ticket; one that was moved meanwhile has been counted by whoever moved it
            if seen is not None and uow.tickets.move(seen.id, seen.state, seen.state):
                ticket = uow.tickets.by_number(number)
                assert ticket is not None
                stamp_ticket(uow, ticket, timing, now)
    return len(numbers)


def count_stale(watch: TicketWatch) -> int:
    """Return how many open tickets are to be counted again."""
    with watch.unit_of_work() as uow:
        return uow.ticket_clocks.count_stale(watch.timing(uow).key)


def current_key(watch: TicketWatch) -> str:
    """Return the fingerprint of what due times depend on now."""
    with watch.unit_of_work() as uow:
        return watch.timing(uow).key
