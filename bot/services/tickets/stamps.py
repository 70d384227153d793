"""Counts the clocks of a ticket and stores them, so that no sweep has to compute anything."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.ticket_clocks import (
    ClockKind,
    ClockLevel,
    ClockState,
    DueTime,
    OperatorLimit,
    TicketClock,
    WhistleRules,
)
from bot.domain.tickets import Ticket
from bot.planner.calendar import WorkingCalendar
from bot.services.ports import UnitOfWork
from bot.services.tickets.spans import ClockRun, clock_runs
from bot.services.tickets.whistle_settings import rules_key
from bot.services.times.deadlines import due_of, extended, minutes_of
from bot.services.times.working_time import WorkingTime, working_time


@dataclass(frozen=True)
class Timing:
    """What due times depend on besides the ticket."""

    rules: WhistleRules
    calendar: WorkingCalendar

    @property
    def key(self) -> str:
        """Return the fingerprint of both."""
        return rules_key(self.rules, self.calendar)

    def work(self, department_id: str = "") -> WorkingTime:
        """Return the working time of a department; "" asks for the common one."""
        return working_time(self.rules, self.calendar, department_id)

    def limit(self, run: ClockRun, ticket: Ticket, work: WorkingTime) -> OperatorLimit:
        """Return the limit of a run, by kind of matter and urgency, with what it was put off by."""
        limit = self.rules.limit(run.kind, ticket.urgency, ticket.matter_id)
        return extended(limit, run.days, work)


def stamp_ticket(uow: UnitOfWork, ticket: Ticket, timing: Timing, now: datetime) -> None:
    """Count the clocks of a ticket that this transaction holds, and store them.

    What a clock has fired stays fired, unless its due time has moved into the future: then the
    warning of the new one is still to come.
    """
    before = {_identity(clock): clock for clock in uow.ticket_clocks.of_ticket(ticket.id)}
    clocks = [
        _kept_level(clock, before.get(_identity(clock)), now)
        for clock in count_clocks(ticket, timing)
    ]
    levels = [clock.level for clock in clocks if clock.state is not ClockState.MET]
    # what the business had reopened has gone up a level, whatever the clocks say
    floor = ClockLevel.BREACHED if ticket.round else ClockLevel.NONE
    escalation = 0 if ticket.is_over else max([*levels, floor])
    uow.ticket_clocks.replace(ticket.id, clocks, key=timing.key, escalation=escalation)
    due = {clock.kind: clock.due for clock in clocks if clock.due}
    report = [c.due for c in clocks if c.kind is ClockKind.REPORT_IN and c.due]
    first = min(report, key=lambda one: one.at, default=None)
    uow.tickets.set_due(ticket.id, first, due.get(ClockKind.ANSWER))


def count_clocks(ticket: Ticket, timing: Timing) -> Sequence[TicketClock]:
    """Return the clocks of a ticket as its history and the rules make them; nothing has fired."""
    return [_count(run, ticket, timing) for run in clock_runs(ticket)]


def _count(run: ClockRun, ticket: Ticket, timing: Timing) -> TicketClock:
    work = timing.work(run.department_id)
    limit = timing.limit(run, ticket, work)
    # a clock that was met is shown with the time that it would have had
    open_spans = run.spans if run.met_at is None else _left_open(run.spans)
    due = due_of(limit, open_spans, work)
    state = ClockState.RUNNING
    if run.met_at is not None:
        state = ClockState.MET
    elif due is None or (run.spans and run.spans[-1][1] is not None):
        state = ClockState.STANDING
    is_running = state is ClockState.RUNNING and due is not None
    return TicketClock(
        kind=run.kind,
        department_id=run.department_id,
        started_at=run.started_at,
        state=state,
        due=due,
        warn_at=_warn_at(limit, due, run, timing, work) if is_running and due else None,
        raise_at=(
            work.after(due.at, timing.rules.escalate_minutes).at if is_running and due else None
        ),
        met_at=run.met_at,
        level=ClockLevel.NONE,
    )


def _left_open(
    spans: Sequence[tuple[datetime, datetime | None]],
) -> Sequence[tuple[datetime, datetime | None]]:
    return [*spans[:-1], (spans[-1][0], None)] if spans else spans


def _warn_at(
    limit: OperatorLimit, due: DueTime, run: ClockRun, timing: Timing, work: WorkingTime
) -> datetime:
    ahead = min(timing.rules.warn_minutes, minutes_of(limit, work) / 2)
    return max(work.before(due.at, ahead), run.spans[-1][0])


def _identity(clock: TicketClock) -> tuple[ClockKind, str]:
    """Return what makes it the same clock: who leads may change while an answer is due."""
    is_own = clock.kind is ClockKind.REPORT_IN
    return (clock.kind, clock.department_id if is_own else "")


def _kept_level(clock: TicketClock, before: TicketClock | None, now: datetime) -> TicketClock:
    if before is None or before.started_at != clock.started_at:
        return clock
    if clock.state is ClockState.RUNNING and clock.due and clock.due != before.due:
        is_later = before.due is None or clock.due.at > before.due.at
        if clock.due.at > now and is_later:
            return clock
    return replace(clock, level=before.level)
