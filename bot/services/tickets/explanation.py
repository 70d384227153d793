"""The clocks of a ticket, each with the way to its due time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ticket_clocks import OperatorLimit, TicketClock
from bot.domain.tickets import Ticket
from bot.services.tickets.spans import clock_runs
from bot.services.tickets.stamps import Timing
from bot.services.times.clock_explanation import Part, explain_clock


@dataclass(frozen=True)
class ExplainedClock:
    """A clock, its limit with what it was put off by, and how the due time comes about."""

    clock: TicketClock
    limit: OperatorLimit
    parts: Sequence[Part]


def explained(ticket: Ticket, timing: Timing, now: datetime) -> tuple[ExplainedClock, ...]:
    """Return the stored clocks of a ticket, each with the way to its due time."""
    runs = {(run.kind, run.department_id): run for run in clock_runs(ticket)}
    found = []
    for clock in ticket.clocks:
        run = runs.get((clock.kind, clock.department_id))
        if run is None:
            continue
        work = timing.work(run.department_id)
        limit = timing.limit(run, ticket, work)
        spans = run.spans
        if run.met_at is not None and spans:
            spans = (*spans[:-1], (spans[-1][0], None))
        found.append(ExplainedClock(clock, limit, explain_clock(limit, spans, work, now)))
    return tuple(found)
