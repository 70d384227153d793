"""The repository of what reports read; every query goes through an index on its time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, literal_column, or_, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.domain.bookings import BookingState
from bot.domain.cases import CaseEvent
from bot.domain.conversations import Author
from bot.domain.handovers import Step
from bot.domain.reports import (
    ClosedCase,
    Dimension,
    Kept,
    Marked,
    Place,
    Span,
    TakeOver,
    Talks,
    Work,
)
from bot.domain.tickets import Role
from bot.services.times.local_time import LOCAL, local_day
from bot.store.cases import read_case_event
from bot.store.conversation_rows import is_by
from bot.store.demo import is_counted
from bot.store.tables.casework import CASE_EVENTS, CASES
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.tables.desk import DESK_THREADS
from bot.store.tables.oversight import QUALITY_MARKS, TALK_DAYS
from bot.store.tables.people import HANDOVERS
from bot.store.tables.services import BOOKINGS
from bot.store.tables.tickets import TICKET_CLOCKS, TICKET_DEPARTMENTS, TICKETS
from bot.store.talk_counts import matter_in

ENDS = (Step.HANDED_BACK, Step.RETURNED, Step.CLOSED, Step.LOST, Step.TRANSFERRED, Step.STEPPED_IN)
STARTS = (Step.CLAIMED, Step.STEPPED_IN, Step.TRANSFERRED)
TALK_KEYS: dict[Dimension, Any] = {
    Dimension.DAY: TALK_DAYS.c.day,
    Dimension.HOUR: TALK_DAYS.c.hour,
    Dimension.DEPARTMENT: TALK_DAYS.c.department_id,
    Dimension.MATTER: TALK_DAYS.c.matter_id,
    Dimension.CHANNEL: TALK_DAYS.c.channel,
}
"""An agent has no conversations of the bot."""

AT_ONCE = 500
"""Cases whose histories are read together."""


class ReportRepository:
    """Reports on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def talks(self, span: Span, by: Dimension | None) -> Sequence[Talks]:
        """Return the conversations by key; without a dimension one entry over all."""
        if by is Dimension.AGENT:
            return []
        rows = self._connection.execute(talks_query(span, by))
        return [
            Talks(str(row.key), row.n, row.by_bot or 0, row.said or 0, row.no or 0) for row in rows
        ]

    def take_overs(self, start: datetime, end: datetime) -> Sequence[TakeOver]:
        """Return what agents took over in [start, end)."""
        return [_take_over(row) for row in self._connection.execute(take_overs_query(start, end))]

    def marks(self, start: datetime, end: datetime) -> Sequence[Marked]:
        """Return the quality marks made in [start, end)."""
        return [
            Marked(_place(row, row.agent_id), row.answers + row.names_basis + row.says_next)
            for row in self._connection.execute(marks_query(start, end))
        ]

    def closed_cases(self, start: datetime, end: datetime) -> Sequence[ClosedCase]:
        """Return cases with a limit that were closed in [start, end), with their histories."""
        rows = self._connection.execute(cases_query(start, end)).all()
        histories: dict[int, list[CaseEvent]] = {row.id: [] for row in rows}
        ids = list(histories)
        for first in range(0, len(ids), AT_ONCE):
            for event in self._connection.execute(events_query(ids[first : first + AT_ONCE])):
                histories[event.case_id].append(read_case_event(event))
        found = []
        for row in rows:
            limit = row.promised or row.statutory
            place = Place(
                local_day(row.closed_at), department_id=row.department_id, matter_id=row.matter_id
            )
            if limit:
                found.append(ClosedCase(place, limit["working_days"], tuple(histories[row.id])))
        return found

    def kept(self, start: datetime, end: datetime) -> Sequence[Kept]:
        """Return tickets closed, and bookings that were due, in [start, end)."""
        found = [_ticket(row) for row in self._connection.execute(tickets_query(start, end))]
        found += [_booking(row) for row in self._connection.execute(bookings_query(start, end))]
        return found


def talks_query(span: Span, by: Dimension | None) -> Select:
    """Return the query of conversations; a range of the primary key."""
    d = TALK_DAYS.c
    key = literal_column("''") if by is None else TALK_KEYS[by]
    is_by_bot = and_(d.person_asked == 0, d.agent_said == 0)
    query = select(
        key.label("key"),
        func.count().label("n"),
        func.sum(case((is_by_bot, 1), else_=0)).label("by_bot"),
        func.sum(d.said).label("said"),
        func.sum(d.not_understood).label("no"),
    ).where(d.day >= span.first, d.day <= span.last, d.is_test.is_(False))
    return query if by is None else query.group_by(key)


def take_overs_query(start: datetime, end: datetime) -> Select:
    """Return the query of take-overs: by step and time, then by conversation."""
    h, later = HANDOVERS.c, HANDOVERS.alias("later")
    is_end = later.c.step.in_([step.value for step in ENDS])
    behind = and_(later.c.conversation_id == h.conversation_id, later.c.id > h.id, is_end)
    ended = select(func.min(later.c.id)).where(behind).scalar_subquery()
    last = HANDOVERS.alias("last")
    first_words = (
        select(func.min(MESSAGES.c.created_at))
        .where(
            MESSAGES.c.conversation_id == h.conversation_id,
            is_by(Author.AGENT),
            MESSAGES.c.created_at >= h.at,
        )
        .scalar_subquery()
    )
    return (
        select(
            h.step,
            h.agent_id,
            h.to_agent_id,
            h.at,
            h.waiting_since,
            last.c.at.label("ended_at"),
            last.c.step.label("ended_by"),
            first_words.label("answered_at"),
            *_about(),
        )
        .select_from(_with_thread(HANDOVERS, h.conversation_id).outerjoin(last, last.c.id == ended))
        .where(
            h.step.in_([step.value for step in STARTS]),
            h.at >= start,
            h.at < end,
            or_(h.step != Step.TRANSFERRED.value, h.to_agent_id.is_not(None)),
            _is_real(),
        )
    )


def marks_query(start: datetime, end: datetime) -> Select:
    """Return the query of quality marks."""
    q = QUALITY_MARKS.c
    return (
        select(q.at, q.agent_id, q.answers, q.names_basis, q.says_next, *_about())
        .select_from(_with_thread(QUALITY_MARKS, q.conversation_id))
        .where(q.at >= start, q.at < end, _is_real())
    )


def cases_query(start: datetime, end: datetime) -> Select:
    """Return the query of closed cases."""
    c = CASES.c
    wanted = (c.id, c.closed_at, c.department_id, c.matter_id, c.promised, c.statutory)
    return select(*wanted).where(c.closed_at >= start, c.closed_at < end, is_counted(c.is_demo))


def events_query(ids: Sequence[int]) -> Select:
    """Return the query of the histories of some cases."""
    e = CASE_EVENTS.c
    return select(CASE_EVENTS).where(e.case_id.in_(list(ids))).order_by(e.case_id, e.id)


def tickets_query(start: datetime, end: datetime) -> Select:
    """Return the query of closed whistles: how many of their clocks were met late."""
    t, clock, given = TICKETS.c, TICKET_CLOCKS.c, TICKET_DEPARTMENTS.c
    late = (
        select(func.count())
        .where(clock.ticket_id == t.id, clock.met_at > clock.due_at)
        .scalar_subquery()
    )
    leading = (
        select(func.min(given.department_id))
        .where(given.ticket_id == t.id, given.role == Role.LEADING.value)
        .scalar_subquery()
    )
    return select(
        t.closed_at, t.matter_id, leading.label("department_id"), late.label("late")
    ).where(t.closed_at >= start, t.closed_at < end, is_counted(t.is_demo))


def bookings_query(start: datetime, end: datetime) -> Select:
    """Return the query of bookings that were kept or missed."""
    b = BOOKINGS.c
    over = [one.value for one in (BookingState.ARRIVED, BookingState.DONE, BookingState.NO_SHOW)]
    return select(b.starts_at, b.agent_id, b.matter_id, b.state).where(
        b.starts_at >= start, b.starts_at < end, b.state.in_(over)
    )


def _about() -> tuple[Any, ...]:
    c = CONVERSATIONS.c
    return c.channel, c.fields, DESK_THREADS.c.department_id.label("queue")


def _with_thread(table: Any, conversation_id: Any) -> Any:
    return table.join(CONVERSATIONS, CONVERSATIONS.c.id == conversation_id).outerjoin(
        DESK_THREADS, DESK_THREADS.c.conversation_id == conversation_id
    )


def _is_real() -> Any:
    return or_(DESK_THREADS.c.is_test.is_(None), DESK_THREADS.c.is_test.is_(False))


def _place(row: Row, agent_id: int | None) -> Place:
    return Place(
        day=local_day(row.at),
        hour=row.at.astimezone(LOCAL).hour,
        department_id=row.queue or "",
        agent_id=agent_id,
        matter_id=matter_in(row.fields),
        channel=row.channel,
    )


def _take_over(row: Row) -> TakeOver:
    agent_id = row.to_agent_id if row.step == Step.TRANSFERRED.value else row.agent_id
    ended, answered = row.ended_at, row.answered_at
    is_own = answered is not None and (ended is None or answered <= ended)
    waited = row.waiting_since if row.step == Step.CLAIMED.value else None
    return TakeOver(
        place=_place(row, agent_id),
        waited_s=None if waited is None else (row.at - waited).total_seconds(),
        answered_s=(answered - row.at).total_seconds() if is_own else None,
        handled_s=None if ended is None else (ended - row.at).total_seconds(),
        is_passed_on=row.ended_by == Step.TRANSFERRED.value,
    )


def _ticket(row: Row) -> Kept:
    day = local_day(row.closed_at)
    place = Place(day, department_id=row.department_id, matter_id=row.matter_id)
    return Kept(place, Work.TICKET, not row.late)


def _booking(row: Row) -> Kept:
    place = Place(
        local_day(row.starts_at),
        hour=row.starts_at.astimezone(LOCAL).hour,
        agent_id=row.agent_id,
        matter_id=row.matter_id,
    )
    return Kept(place, Work.BOOKING, row.state != BookingState.NO_SHOW.value)
