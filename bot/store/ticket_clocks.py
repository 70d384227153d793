"""The repository of ticket clocks; what looks for due ones reads running clocks only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.ticket_clocks import ClockKind, ClockLevel, ClockState, DueTime, TicketClock
from bot.services.tickets.ports import ClocksChanged, DueClock
from bot.store.tables.tickets import TICKET_CLOCKS, TICKETS

C = TICKET_CLOCKS.c


class TicketClockRepository:
    """Clocks on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_ticket(self, ticket_id: int) -> Sequence[TicketClock]:
        """Return the clocks of a ticket.

        Whoever will replace them holds the ticket first (`TicketRepository.move`), as a sweep does.
        """
        query = select(TICKET_CLOCKS).where(C.ticket_id == ticket_id).order_by(C.id)
        return [read_clock(row) for row in self._connection.execute(query)]

    def replace(
        self, ticket_id: int, clocks: Sequence[TicketClock], *, key: str, escalation: int
    ) -> None:
        """Replace the clocks of a ticket, and what the list shows of them."""
        self._connection.execute(delete(TICKET_CLOCKS).where(C.ticket_id == ticket_id))
        if clocks:
            rows = [_values(ticket_id, clock) for clock in clocks]
            self._connection.execute(insert(TICKET_CLOCKS), rows)
        running = [one for one in clocks if one.state is ClockState.RUNNING and one.due]
        first = min(
            running, key=lambda one: one.due.at if one.due else one.started_at, default=None
        )
        warnings = [one.warn_at for one in running if one.warn_at]
        due = first.due if first else None
        self._connection.execute(
            update(TICKETS)
            .where(TICKETS.c.id == ticket_id)
            .values(
                due_at=due.at if due else None,
                due_kind=first.kind.value if first else None,
                due_provisional=due.provisional if due else None,
                yellow_at=min(warnings, default=None),
                escalation=escalation,
                clock_key=key,
            )
        )

    def take_due(self, now: datetime, limit: int) -> Sequence[DueClock]:
        """Return clocks whose next level is due, the earliest first; they are held.

        What another process holds, a sweep or somebody at the desk, is left out and waits for the
        next round; what it has just changed is looked at as it is now.
        """
        query = (
            select(TICKET_CLOCKS, TICKETS.c.number)
            .join(TICKETS, TICKETS.c.id == C.ticket_id)
            .where(C.next_at <= now)
            .order_by(C.next_at, C.id)
            .limit(limit)
            .with_for_update(of=(TICKETS, TICKET_CLOCKS), skip_locked=True)
        )
        return [
            DueClock(
                id=row.id,
                ticket_id=row.ticket_id,
                number=row.number,
                kind=ClockKind(row.kind),
                department_id=row.department_id,
                level=ClockLevel(row.level),
            )
            for row in self._connection.execute(query)
        ]

    def fire(self, due: Sequence[DueClock], now: datetime) -> None:
        """Raise clocks that this transaction holds by one level.

        Raises:
            ClocksChanged: One of them is not as it was seen; nothing of the transaction counts.
        """
        following: Any = case(
            (C.level == ClockLevel.NONE.value, C.due_at),
            (C.level == ClockLevel.WARNED.value, C.raise_at),
            else_=None,
        )
        for level in sorted({one.level for one in due}):
            seen = [one for one in due if one.level is level]
            ids = [one.id for one in seen]
            result = self._connection.execute(
                update(TICKET_CLOCKS)
                .where(C.id.in_(ids), C.level == level.value, C.next_at <= now)
                .values(level=level + 1, next_at=following)
                .execution_options(synchronize_session=False)
            )
            if result.rowcount != len(ids):
                raise ClocksChanged
            self._connection.execute(
                update(TICKETS)
                .where(TICKETS.c.id.in_({one.ticket_id for one in seen}))
                .where(TICKETS.c.escalation < level + 1)
                .values(escalation=level + 1)
            )

    def stale(self, key: str, limit: int) -> Sequence[str]:
        """Return numbers of open tickets whose clocks were counted with another key."""
        query = select(TICKETS.c.number).where(_stale(key)).order_by(TICKETS.c.id).limit(limit)
        return [row.number for row in self._connection.execute(query)]

    def count_stale(self, key: str) -> int:
        """Return how many there are."""
        return int(self._connection.execute(select(func.count()).where(_stale(key))).scalar_one())


def _stale(key: str) -> Any:
    other = or_(TICKETS.c.clock_key.is_(None), TICKETS.c.clock_key != key)
    return and_(TICKETS.c.closed_at.is_(None), other)


def _values(ticket_id: int, clock: TicketClock) -> dict[str, object]:
    return {
        "ticket_id": ticket_id,
        "kind": clock.kind.value,
        "department_id": clock.department_id,
        "started_at": clock.started_at,
        "state": clock.state.value,
        "due_at": clock.due.at if clock.due else None,
        "due_provisional": bool(clock.due and clock.due.provisional),
        "warn_at": clock.warn_at,
        "raise_at": clock.raise_at,
        "met_at": clock.met_at,
        "level": clock.level.value,
        "next_at": clock.next_at,
    }


def read_clock(row: Any) -> TicketClock:
    """Return a clock as it is stored."""
    return TicketClock(
        id=row.id,
        kind=ClockKind(row.kind),
        department_id=row.department_id,
        started_at=row.started_at,
        state=ClockState(row.state),
        due=DueTime(row.due_at, row.due_provisional) if row.due_at else None,
        warn_at=row.warn_at,
        raise_at=row.raise_at,
        met_at=row.met_at,
        level=ClockLevel(row.level),
    )
