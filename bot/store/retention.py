"""The repository of retention: what is over, and taking persons out of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Owner
from bot.domain.feedback import FeedbackState
from bot.domain.retention import RetentionClass
from bot.services.privacy.masking import mask_name
from bot.services.privacy.personal_numbers import mask_numbers
from bot.store.tables.applications import APPLICATIONS
from bot.store.tables.booking_desk import BOOKING_WAITS
from bot.store.tables.casework import CASE_ACCESS, CASES, FEEDBACK
from bot.store.tables.conversations import CONVERSATIONS
from bot.store.tables.people import DESK_SESSIONS
from bot.store.tables.plan_life import PLAN_LIVES
from bot.store.tables.services import BOOKINGS, PLANS
from bot.store.tables.tickets import TICKETS

Condition = ColumnElement[Any]
OVER = (FeedbackState.ANSWERED.value, FeedbackState.CLOSED.value)
OPEN_BOOKINGS = ("booked", "changed")


class RetentionRepository:
    """What is over, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, one: RetentionClass, before: datetime) -> int:
        """Count what is over; each class is one scan of its table."""
        return sum(
            int(
                self._connection.execute(
                    select(func.count()).select_from(table).where(condition)
                ).scalar_one()
            )
            for table, condition in _over(one, before)
        )

    def conversations(self, before: datetime, limit: int) -> list[str]:
        """Return conversations that are over, the oldest first; nobody else takes them now."""
        ((table, condition),) = _over(RetentionClass.CONVERSATION, before)
        query = select(table.c.id).where(condition).order_by(table.c.updated_at).limit(limit)
        rows = self._connection.execute(query.with_for_update(skip_locked=True))
        return [row.id for row in rows]

    def clear(self, one: RetentionClass, before: datetime, limit: int) -> int:
        """Take persons out of rows of a class that are over; returns how many rows.

        Not for conversations, which are erased as on request.
        """
        return sum(self._clear(table, condition, limit) for table, condition in _over(one, before))

    def _clear(self, table: Table, condition: Condition, limit: int) -> int:
        key = next(iter(table.primary_key.columns))
        query = select(table).where(condition).limit(limit).with_for_update(skip_locked=True)
        rows = self._connection.execute(query).all()
        for row in rows:
            mine = key == getattr(row, key.name)
            if table is DESK_SESSIONS:
                self._connection.execute(delete(table).where(mine))
                continue
            self._connection.execute(update(table).where(mine).values(**BLANK[table.name](row)))
            if table is CASES:
                emptied = update(APPLICATIONS).where(APPLICATIONS.c.case_id == row.id)
                self._connection.execute(emptied.values(form_values={}))
        return len(rows)


BLANK: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    "bookings": lambda _row: {
        "contact_name": "",
        "contact_phone": "",
        "phone_hash": "",
        "note": "",
    },
    "booking_waits": lambda _row: {"contact_name": "", "contact_phone": ""},
    "tickets": lambda row: {
        "contact_phone": "",
        "business_name": mask_name(row.business_name),
        "business_key": mask_name(row.business_name),
        "description": mask_numbers(row.description),
    },
    "feedback": lambda row: {"contact_phone": "", "text": mask_numbers(row.text)},
    "cases": lambda row: {
        "phone": "",
        "phone_hash": "",
        "credential": "",
        "applicant_name": mask_name(row.applicant_name),
    },
}
"""What a row holds when it is over."""


def _over(one: RetentionClass, before: datetime) -> list[tuple[Table, Condition]]:
    """Return the tables of a class, each with the condition of rows to be cleared."""
    if one is RetentionClass.CONVERSATION:
        return [(CONVERSATIONS, and_(CONVERSATIONS.c.updated_at < before, _is_idle()))]
    if one is RetentionClass.BOOKING:
        past, late = BOOKINGS.c, BOOKING_WAITS.c
        return [
            (BOOKINGS, and_(past.ends_at < before, past.contact_phone != "")),
            (BOOKING_WAITS, and_(late.last_at < before, late.contact_phone != "")),
        ]
    if one is RetentionClass.TICKET:
        return [(TICKETS, and_(TICKETS.c.closed_at < before, TICKETS.c.contact_phone != ""))]
    if one is RetentionClass.FEEDBACK:
        told = func.coalesce(FEEDBACK.c.contact_phone, "") != ""
        is_over = and_(FEEDBACK.c.state.in_(OVER), FEEDBACK.c.opened_at < before)
        return [(FEEDBACK, and_(is_over, told))]
    if one is RetentionClass.CASE:
        return [(CASES, and_(CASES.c.closed_at < before, CASES.c.phone != ""))]
    seen = DESK_SESSIONS.c.seen_at < before
    return [(DESK_SESSIONS, or_(seen, DESK_SESSIONS.c.revoked_at < before))]


def _is_idle() -> Condition:
    """Return the condition of a conversation that nothing open hangs on."""
    mine = CONVERSATIONS.c.id
    followed = CASES.join(CASE_ACCESS, CASE_ACCESS.c.case_id == CASES.c.id)
    open_things = (
        select(BOOKINGS.c.id).where(
            BOOKINGS.c.conversation_id == mine, BOOKINGS.c.state.in_(OPEN_BOOKINGS)
        ),
        select(TICKETS.c.id).where(
            TICKETS.c.conversation_id == mine, TICKETS.c.closed_at.is_(None)
        ),
        select(FEEDBACK.c.id).where(
            FEEDBACK.c.conversation_id == mine, FEEDBACK.c.state.not_in(OVER)
        ),
        select(PLANS.c.id)
        .select_from(PLANS.join(PLAN_LIVES, PLAN_LIVES.c.plan_id == PLANS.c.id))
        .where(PLANS.c.conversation_id == mine, PLAN_LIVES.c.is_open.is_(True)),
        select(CASES.c.id)
        .select_from(followed)
        .where(CASE_ACCESS.c.conversation_id == mine, CASES.c.closed_at.is_(None)),
    )
    is_with_bot = CONVERSATIONS.c.owner.in_((Owner.BOT.value, Owner.CLOSED.value))
    return and_(is_with_bot, *(~query.exists() for query in open_things))
