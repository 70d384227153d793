"""The repository of what the open statistics count: what happened in a month."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, func, literal, or_, select
from sqlalchemy.engine import Connection

from bot.domain.bookings import BookingState
from bot.domain.feedback import FeedbackState
from bot.domain.feedback_answers import Decision, Mark
from bot.domain.reviews import RECTIFICATION_DONE
from bot.domain.tickets import Role
from bot.services.operating.open_ports import Ended, Letter, Settled
from bot.store.demo import is_counted
from bot.store.tables.casework import CASES, FEEDBACK, FEEDBACK_EVENTS
from bot.store.tables.feedback import FEEDBACK_ANSWERS, FEEDBACK_PUBLICATIONS
from bot.store.tables.routing import HOT_ISSUES
from bot.store.tables.services import BOOKINGS, RECTIFICATION_EVENTS, RECTIFICATIONS, REVIEWS
from bot.store.tables.tickets import TICKET_DEPARTMENTS, TICKETS

MET = sorted(one.value for one in (BookingState.ARRIVED, BookingState.DONE))
DONE = sorted(one.value for one in RECTIFICATION_DONE)


class OpenSourceRepository:
    """What is counted, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ended(self, start: datetime, end: datetime) -> Sequence[Ended]:
        """Return what ended, made-up ones left out."""
        found = []
        for kind, query in _ended_queries(start, end).items():
            for row in self._connection.execute(query):
                about = (row.department_id or "", row.matter_id or "", bool(row.is_reviewed))
                opened_at = row.opened_at if kind != "booking" else None
                found.append(Ended(kind, opened_at, row.ended_at, *about))
        return found

    def reviews(self, start: datetime, end: datetime) -> Sequence[tuple[str, int]]:
        """Return kind of target and level of each review."""
        r = REVIEWS.c
        query = select(r.target_kind, r.level).where(_within(r.created_at, start, end))
        return [(row.target_kind, row.level) for row in self._connection.execute(query)]

    def settled(self, start: datetime, end: datetime) -> Sequence[Settled]:
        """Return the rectifications that ended."""
        e, task = RECTIFICATION_EVENTS.c, RECTIFICATIONS.c
        query = (
            select(e.state, task.created_at, task.due_on, e.at)
            .select_from(RECTIFICATION_EVENTS.join(RECTIFICATIONS, task.id == e.rectification_id))
            .where(_within(e.at, start, end), e.state.in_(DONE))
        )
        return [Settled(*row) for row in self._connection.execute(query)]

    def filed(self, start: datetime, end: datetime) -> Sequence[Letter]:
        """Return what was filed."""
        query = select(FEEDBACK).where(_within(FEEDBACK.c.opened_at, start, end))
        return [_letter(row, row.opened_at) for row in self._connection.execute(query)]

    def answered(self, start: datetime, end: datetime) -> Sequence[Letter]:
        """Return what got its first answer."""
        e = FEEDBACK_EVENTS.c
        first = (
            select(e.feedback_id, func.min(e.at).label("at"))
            .where(e.to == FeedbackState.ANSWERED.value)
            .group_by(e.feedback_id)
            .having(_within(func.min(e.at), start, end))
            .subquery()
        )
        query = select(FEEDBACK, first.c.at.label("first_at")).join(
            first, first.c.feedback_id == FEEDBACK.c.id
        )
        return [_letter(row, row.first_at) for row in self._connection.execute(query)]

    def adopted(self, start: datetime, end: datetime) -> int:
        """Count approved answers that say what was changed."""
        a = FEEDBACK_ANSWERS.c
        is_adopted = and_(a.decision == Decision.APPROVED.value, a.change != "")
        return self._count(FEEDBACK_ANSWERS, is_adopted, _within(a.checked_at, start, end))

    def marks(self, start: datetime, end: datetime) -> Sequence[frozenset[Mark]]:
        """Return what the checker found good in each answer that went out."""
        a = FEEDBACK_ANSWERS.c
        is_out = a.decision == Decision.APPROVED.value
        query = select(a.marks).where(is_out, _within(a.checked_at, start, end))
        rows = self._connection.execute(query)
        return [frozenset(Mark(one) for one in row.marks) for row in rows]

    def published(self, start: datetime, end: datetime) -> int:
        """Count publications."""
        p = FEEDBACK_PUBLICATIONS.c
        return self._count(FEEDBACK_PUBLICATIONS, _within(p.published_at, start, end))

    def hot(self, start: datetime, end: datetime) -> Sequence[str]:
        """Return the category of each hot issue that was raised."""
        h = HOT_ISSUES.c
        query = select(h.category).where(_within(h.raised_at, start, end), h.merged_into.is_(None))
        return list(self._connection.execute(query).scalars())

    def _count(self, table: Any, *conditions: Any) -> int:
        query = select(func.count()).select_from(table).where(*conditions)
        return int(self._connection.execute(query).scalar_one())


def _ended_queries(start: datetime, end: datetime) -> dict[str, Any]:
    c, t, b, given = CASES.c, TICKETS.c, BOOKINGS.c, TICKET_DEPARTMENTS.c
    leading = (
        select(func.min(given.department_id))
        .where(given.ticket_id == t.id, given.role == Role.LEADING.value)
        .scalar_subquery()
    )
    return {
        "case": select(
            *(c.opened_at, c.closed_at.label("ended_at"), c.department_id, c.matter_id),
            _reviewed("case", c.number),
        ).where(_within(c.closed_at, start, end), is_counted(c.is_demo)),
        "ticket": select(
            *(t.opened_at, t.closed_at.label("ended_at"), leading.label("department_id")),
            *(t.matter_id, _reviewed("ticket", t.number)),
        ).where(_within(t.closed_at, start, end), is_counted(t.is_demo)),
        "booking": select(
            *(b.starts_at.label("ended_at"), literal("").label("department_id")),
            *(b.matter_id, b.starts_at.label("opened_at"), _reviewed("booking", b.number)),
        ).where(_within(b.starts_at, start, end), b.state.in_(MET)),
    }


def _reviewed(kind: str, number: Any) -> Any:
    r = REVIEWS.c
    is_of = r.target_id == number
    if kind == "ticket":
        # each answer to a whistle has a review of its own: number, number/1, ...
        is_of = or_(is_of, r.target_id.like(number + "/%"))
    return exists().where(and_(r.target_kind == kind, is_of)).label("is_reviewed")


def _within(column: Any, start: datetime, end: datetime) -> Any:
    return and_(column >= start, column < end)


def _letter(row: Any, at: datetime) -> Letter:
    due_on: date = row.due_on
    about = (row.department_id or "", row.matter_id or "")
    return Letter(row.kind, *about, row.opened_at, due_on, at)
