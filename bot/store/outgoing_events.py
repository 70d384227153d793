"""The repository of events for a city's data platform."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import and_, delete, exists, false, func, insert, literal, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.domain.outgoing_events import OutgoingEvent
from bot.services.conversations.outgoing_ports import Waiting
from bot.store.tables.casework import CASE_EVENTS, CASES, FEEDBACK, FEEDBACK_EVENTS
from bot.store.tables.outgoing import OUTGOING_EVENTS
from bot.store.tables.services import BOOKING_EVENTS, BOOKINGS, REVIEWS
from bot.store.tables.tickets import TICKET_EVENTS, TICKETS

TIMES = MappingProxyType(
    {
        "case": (CASE_EVENTS.c.id, CASE_EVENTS.c.at),
        "ticket": (TICKET_EVENTS.c.id, TICKET_EVENTS.c.at),
        "feedback": (FEEDBACK_EVENTS.c.id, FEEDBACK_EVENTS.c.at),
        "booking": (BOOKING_EVENTS.c.id, BOOKING_EVENTS.c.at),
        "review": (REVIEWS.c.id, REVIEWS.c.created_at),
    }
)
"""Source to the columns of id and time of its history."""


class OutgoingRepository:
    """The queue on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, limit: int) -> Sequence[tuple[int, OutgoingEvent | None]]:
        """Return the oldest with their queue ids; None for an entry that is gone."""
        columns = OUTGOING_EVENTS.c
        query = select(columns.id, columns.source, columns.ref_id).order_by(columns.id)
        rows = self._connection.execute(query.limit(limit)).all()
        found: dict[tuple[str, int], OutgoingEvent] = {}
        for source, read in _READ.items():
            ids = [row.ref_id for row in rows if row.source == source]
            for event in self._events(source, read, ids) if ids else ():
                found[source, event.ref_id] = event
        return [(row.id, found.get((row.source, row.ref_id))) for row in rows]

    def remove(self, queue_ids: Sequence[int]) -> None:
        """Take what was confirmed out of the queue."""
        if queue_ids:
            self._connection.execute(
                delete(OUTGOING_EVENTS).where(OUTGOING_EVENTS.c.id.in_(queue_ids))
            )

    def remove_before(self, at: datetime) -> int:
        """Take out what happened before then; returns how many."""
        removed = self._connection.execute(delete(OUTGOING_EVENTS).where(OUTGOING_EVENTS.c.at < at))
        return int(removed.rowcount)

    def state(self) -> Waiting:
        """Return how much waits."""
        columns = OUTGOING_EVENTS.c
        count = self._connection.execute(select(func.count(columns.id))).scalar_one()
        oldest = select(columns.at).where(columns.is_replay == false()).order_by(columns.id)
        return Waiting(int(count), self._connection.execute(oldest.limit(1)).scalar())

    def replay(self, since: datetime, until: datetime) -> int:
        """Queue entries of the histories again (`since <= at < until`); returns how many."""
        queued = 0
        for source, (ref_id, at) in TIMES.items():
            waits = exists().where(
                and_(OUTGOING_EVENTS.c.source == source, OUTGOING_EVENTS.c.ref_id == ref_id)
            )
            entries = (
                select(literal(source), ref_id, at, literal(value=True))
                .where(at >= since, at < until, ~waits)
                .order_by(ref_id)
            )
            names = ["source", "ref_id", "at", "is_replay"]
            done = self._connection.execute(insert(OUTGOING_EVENTS).from_select(names, entries))
            queued += int(done.rowcount)
        return queued

    def _events(
        self, source: str, read: "Callable[[], Select]", ids: Sequence[int]
    ) -> Sequence[OutgoingEvent]:
        query = read().where(TIMES[source][0].in_(ids))
        return [_event(source, row) for row in self._connection.execute(query)]


def _event(source: str, row: Row) -> OutgoingEvent:
    values: Mapping[str, Any] = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return OutgoingEvent(source=source, **values)


def _cases() -> "Select":
    entry, case = CASE_EVENTS.c, CASES.c
    return select(
        *(entry.id.label("ref_id"), entry.at, entry.kind.label("what"), entry.seen, entry.to),
        *(case.number.label("subject"), case.matter_id, case.department_id, case.district_id),
        case.is_demo,
    ).join(CASES, case.id == entry.case_id)


def _tickets() -> "Select":
    entry, ticket = TICKET_EVENTS.c, TICKETS.c
    return select(
        *(entry.id.label("ref_id"), entry.at, entry.kind.label("what"), entry.seen, entry.to),
        *(ticket.number.label("subject"), ticket.matter_id, entry.department_id),
        *(ticket.district_id, ticket.is_demo),
    ).join(TICKETS, ticket.id == entry.ticket_id)


def _feedback() -> "Select":
    entry, given = FEEDBACK_EVENTS.c, FEEDBACK.c
    return select(
        *(entry.id.label("ref_id"), entry.at, literal("moved").label("what"), entry.seen),
        *(entry.to, given.number.label("subject"), given.matter_id, given.department_id),
        given.kind.label("topic"),
    ).join(FEEDBACK, given.id == entry.feedback_id)


def _bookings() -> "Select":
    entry, booking = BOOKING_EVENTS.c, BOOKINGS.c
    return select(
        *(entry.id.label("ref_id"), entry.at, entry.state.label("what"), entry.state.label("to")),
        *(booking.number.label("subject"), booking.matter_id),
        booking.district.label("district_id"),
    ).join(BOOKINGS, booking.id == entry.booking_id)


def _reviews() -> "Select":
    # what was rated may name a conversation: the platform learns the level alone
    given = REVIEWS.c
    return select(
        *(given.id.label("ref_id"), given.created_at.label("at"), literal("given").label("what")),
        *(given.target_kind.label("subject"), given.level),
    )


_READ: Mapping[str, "Callable[[], Select]"] = MappingProxyType(
    {
        "case": _cases,
        "ticket": _tickets,
        "feedback": _feedback,
        "booking": _bookings,
        "review": _reviews,
    }
)
