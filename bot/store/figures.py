"""The repository of what is watched: counts over the indexes of what is open."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Author, Owner
from bot.domain.feedback import FeedbackState
from bot.domain.figures import Clocks, Figures, Waiting
from bot.domain.reviews import RectificationState
from bot.store.switches import SwitchRepository
from bot.store.tables.booking_desk import BOOKING_REMINDERS
from bot.store.tables.casework import CASES, FEEDBACK
from bot.store.tables.conversations import CONVERSATIONS, DELIVERIES, MESSAGES
from bot.store.tables.services import RECTIFICATIONS
from bot.store.tables.tickets import TICKET_CLOCKS, TICKETS

SOON = timedelta(days=1)
OPEN_FEEDBACK = (
    FeedbackState.RECEIVED.value,
    FeedbackState.IN_PROGRESS.value,
    FeedbackState.CHECKING.value,
)
OPEN_RECTIFICATIONS = (RectificationState.OPEN.value, RectificationState.FOLLOWED_UP.value)


class FiguresRepository:
    """Figures on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, *, now: datetime, today: date) -> Figures:
        """Return the figures of this moment."""
        return Figures(
            inbox=self._inbox(now),
            outbox=self._outbox(now),
            queue=self._queue(now),
            owners=self._owners(),
            clocks=self._clocks(now, today),
            switched_off=dict.fromkeys(SwitchRepository(self._connection).off(), 1),
        )

    def _inbox(self, now: datetime) -> Waiting:
        unhandled = (MESSAGES.c.author == Author.APPLICANT.value, MESSAGES.c.handled_at.is_(None))
        query = select(func.count(), func.min(MESSAGES.c.created_at)).where(*unhandled)
        return _waiting(self._connection.execute(query).one(), now)

    def _outbox(self, now: datetime) -> Mapping[str, Waiting]:
        query = (
            select(func.count(), func.min(MESSAGES.c.created_at), DELIVERIES.c.channel)
            .join(MESSAGES, MESSAGES.c.id == DELIVERIES.c.message_id)
            # a line without a next attempt is held until the person writes: nothing is stuck
            .where(DELIVERIES.c.state == "pending", DELIVERIES.c.next_attempt_at.isnot(None))
            .group_by(DELIVERIES.c.channel)
        )
        return {row[2]: _waiting(row, now) for row in self._connection.execute(query)}

    def _queue(self, now: datetime) -> Waiting:
        columns = CONVERSATIONS.c
        query = select(func.count(), func.min(columns.waiting_since)).where(
            columns.owner == Owner.WAITING.value
        )
        return _waiting(self._connection.execute(query).one(), now)

    def _owners(self) -> Mapping[str, int]:
        owner = CONVERSATIONS.c.owner
        query = select(owner, func.count()).group_by(owner)
        return {row[0]: int(row[1]) for row in self._connection.execute(query)}

    def _clocks(self, now: datetime, today: date) -> Mapping[str, Clocks]:
        days = (today + SOON, today)
        feedback = FEEDBACK.c.state.in_(OPEN_FEEDBACK)
        mending = RECTIFICATIONS.c.state.in_(OPEN_RECTIFICATIONS)
        reminder = BOOKING_REMINDERS.c
        return {
            "case": self._due(CASES.c.due_on, CASES.c.closed_at.is_(None), days),
            "ticket": self._with_lag(
                self._due(TICKETS.c.due_at, TICKETS.c.due_at.isnot(None), (now + SOON, now)),
                TICKET_CLOCKS.c.next_at,
                TICKET_CLOCKS.c.next_at.isnot(None),
                now,
            ),
            "complaint": self._due(FEEDBACK.c.due_on, feedback, days),
            "rectification": self._due(RECTIFICATIONS.c.due_on, mending, days),
            "reminder": self._with_lag(
                self._due(reminder.due_at, reminder.told_at.is_(None), (now + SOON, now)),
                reminder.due_at,
                reminder.told_at.is_(None),
                now,
            ),
        }

    def _due(
        self, column: ColumnElement[Any], is_open: ColumnElement[Any], until: tuple[Any, Any]
    ) -> Clocks:
        late = func.coalesce(func.sum(case((column < until[1], 1), else_=0)), 0)
        query = select(func.count(), late).where(is_open, column <= until[0])
        count, count_late = self._connection.execute(query).one()
        return Clocks(int(count) - int(count_late), int(count_late))

    def _with_lag(
        self, clocks: Clocks, column: ColumnElement[Any], is_open: ColumnElement[Any], now: datetime
    ) -> Clocks:
        query = select(func.min(column)).where(is_open, column <= now)
        first = self._connection.execute(query).scalar()
        return Clocks(clocks.due, clocks.late, _age_s(first, now))


def _waiting(row: Any, now: datetime) -> Waiting:
    return Waiting(int(row[0]), _age_s(row[1], now))


def _age_s(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())
