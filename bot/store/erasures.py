"""The repository of deletion: what is there of a person, and taking it away.

What goes is deleted; what has to stay loses the way back to the conversation: the receipt's number
stands where the conversation stood, so that contact data can be taken out later, when it is over.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Author
from bot.domain.feedback import FeedbackState
from bot.domain.privacy import Erasure, Holdings
from bot.domain.tickets import TicketState
from bot.services.privacy.masking import mask_name
from bot.services.privacy.personal_numbers import mask_numbers
from bot.store.erasure_plans import erase_plans
from bot.store.tables.applications import APPLICATIONS
from bot.store.tables.booking_desk import ASSISTANCES, BOOKING_HOLDS, BOOKING_LINKS, BOOKING_WAITS
from bot.store.tables.casework import (
    CASE_ACCESS,
    CASE_NOTICES,
    CASE_URGES,
    FEEDBACK,
    IDENTITY_TRIES,
)
from bot.store.tables.channels import CHANNEL_QUOTAS
from bot.store.tables.conversations import CONVERSATIONS, DELIVERIES, MESSAGES
from bot.store.tables.desk import (
    DESK_FILES,
    DESK_MENTIONS,
    DESK_NOTES,
    DESK_PAIRS,
    DESK_TEXTS,
    DESK_THREADS,
)
from bot.store.tables.incidents import INCIDENTS
from bot.store.tables.learning import MISUNDERSTOOD
from bot.store.tables.meetings import (
    MEETING_NOTICES,
    MEETING_QUESTIONS,
    MEETING_SIGNUPS,
    MEETING_STEPS,
    MEETING_WATCHES,
)
from bot.store.tables.oversight import CHALLENGES, QUALITY_MARKS, TALK_SIGNS
from bot.store.tables.people import HANDOVER_FIELDS, HANDOVERS
from bot.store.tables.plan_life import PLAN_NOTICES, PLAN_READERS
from bot.store.tables.platform import PLATFORM_ASKS
from bot.store.tables.policies import POLICY_NOTICES, POLICY_PACKAGES, POLICY_WATCHES
from bot.store.tables.privacy import CHAT_FILES, ERASURES
from bot.store.tables.reviews import REVIEW_INVITATIONS
from bot.store.tables.services import BOOKINGS, PLANS, REVIEWS
from bot.store.tables.tickets import TICKET_FOLLOWERS, TICKET_LINKS, TICKET_NOTICES, TICKETS
from bot.store.tables.triggers import append_only, append_only_dropped

COUNTED: Mapping[str, Table] = {
    "files": CHAT_FILES,
    "plans": PLANS,
    "bookings": BOOKINGS,
    "follows": CASE_ACCESS,
}
KEPT: Mapping[str, Table] = {
    "cases": APPLICATIONS,
    "tickets": TICKETS,
    "feedback": FEEDBACK,
    "reviews": REVIEWS,
}
DETACHED = (
    APPLICATIONS,
    ASSISTANCES,
    CASE_URGES,
    INCIDENTS,
    TICKETS,
    FEEDBACK,
    REVIEWS,
    CHALLENGES,
    MEETING_QUESTIONS,
)
GUARDED = (DESK_NOTES, QUALITY_MARKS)
"""Of colleagues, append-only."""

DELETED = (
    CASE_ACCESS,
    CASE_NOTICES,
    TICKET_FOLLOWERS,
    TICKET_NOTICES,
    PLATFORM_ASKS,
    PLAN_READERS,
    PLAN_NOTICES,
    BOOKING_HOLDS,
    HANDOVER_FIELDS,
    HANDOVERS,
    DESK_THREADS,
    DESK_MENTIONS,
    DESK_FILES,
    CHAT_FILES,
    DELIVERIES,
    MISUNDERSTOOD,
    CHANNEL_QUOTAS,
    TALK_SIGNS,
    POLICY_PACKAGES,
    POLICY_WATCHES,
    POLICY_NOTICES,
    REVIEW_INVITATIONS,
    MEETING_SIGNUPS,
    MEETING_STEPS,
    MEETING_WATCHES,
    MEETING_NOTICES,
)
NOBODY = {"contact_name": "", "contact_phone": ""}


class ErasureRepository:
    """Deletion on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def holdings(self, conversation_id: str) -> Holdings:
        """Count what would be deleted and what has to be kept."""
        said = MESSAGES.c.author.in_((Author.APPLICANT.value, Author.BOT.value, Author.AGENT.value))
        messages = self._count(MESSAGES, and_(_of(MESSAGES, conversation_id), said))
        counted = {kind: self._count_of(table, conversation_id) for kind, table in COUNTED.items()}
        counted["follows"] += self._count_of(TICKET_FOLLOWERS, conversation_id)
        kept = {kind: self._count_of(table, conversation_id) for kind, table in KEPT.items()}
        return Holdings(_some({"messages": messages, **counted}), _some(kept))

    def move(self, conversation_id: str, to: str, now: datetime) -> None:
        """Give the person's address and secret to a new, empty conversation."""
        query = select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id)
        old = self._connection.execute(query).one()
        self._change(CONVERSATIONS, CONVERSATIONS.c.id == conversation_id, **_WITHOUT_ADDRESS)
        fresh = {
            "id": to,
            "channel": old.channel,
            "external_id": old.external_id,
            "token_hash": old.token_hash,
            "owner": "bot",
            "fields": {},
            "created_at": now,
            "updated_at": now,
        }
        self._connection.execute(insert(CONVERSATIONS).values(**fresh))

    def erase(self, conversation_id: str, number: str) -> None:
        """Delete or mask everything of a conversation, itself included."""
        erase_plans(self._connection, conversation_id)
        self._mask_bookings(conversation_id, number)
        self._delete_notes(conversation_id)
        tickets = select(TICKETS.c.id).where(_of(TICKETS, conversation_id))
        self._delete(TICKET_LINKS, TICKET_LINKS.c.ticket_id.in_(tickets))
        for table in DELETED:
            self._delete(table, _of(table, conversation_id))
        for table in DETACHED:
            self._change(table, _of(table, conversation_id), conversation_id=number)
        self._delete(IDENTITY_TRIES, IDENTITY_TRIES.c.subject == f"conversation:{conversation_id}")
        self.mask_finished(number)
        self._mask_reviews(number)
        self._mask_challenges(number)
        self._delete(MESSAGES, _of(MESSAGES, conversation_id))
        self._delete(CONVERSATIONS, CONVERSATIONS.c.id == conversation_id)

    def mask_finished(self, number: str | None = None) -> int:
        """Take contact data out of tickets and complaints of erased persons that are over.

        Args:
            number: Of one receipt; None for all.

        Returns:
            How many were masked.
        """
        changed = 0
        query = select(TICKETS).where(
            _detached(TICKETS, number),
            TICKETS.c.state == TicketState.CLOSED.value,
            TICKETS.c.contact_phone != "",
        )
        for row in self._connection.execute(query).all():
            name, words = mask_name(row.business_name), mask_numbers(row.description)
            hidden = {"contact_phone": "", "business_name": name, "business_key": name}
            self._change(TICKETS, TICKETS.c.id == row.id, description=words, **hidden)
            changed += 1
        over = (FeedbackState.ANSWERED.value, FeedbackState.CLOSED.value)
        query = select(FEEDBACK).where(
            _detached(FEEDBACK, number),
            FEEDBACK.c.state.in_(over),
            func.coalesce(FEEDBACK.c.contact_phone, "") != "",
        )
        for row in self._connection.execute(query).all():
            words = mask_numbers(row.text)
            self._change(FEEDBACK, FEEDBACK.c.id == row.id, contact_phone="", text=words)
            changed += 1
        return changed

    def add(self, erasure: Erasure) -> None:
        """Write down a receipt."""
        row = {
            "number": erasure.number,
            "channel": erasure.channel,
            "deleted": dict(erasure.holdings.deleted),
            "kept": dict(erasure.holdings.kept),
            "at": erasure.at,
        }
        self._connection.execute(insert(ERASURES).values(**row))

    def _mask_bookings(self, conversation_id: str, number: str) -> None:
        booked = select(BOOKINGS.c.id).where(_of(BOOKINGS, conversation_id))
        self._delete(BOOKING_LINKS, BOOKING_LINKS.c.booking_id.in_(booked))
        blank = {**NOBODY, "phone_hash": "", "note": "", "conversation_id": number}
        self._change(BOOKINGS, _of(BOOKINGS, conversation_id), **blank)
        gone = {**NOBODY, "state": "left", "conversation_id": number}
        self._change(BOOKING_WAITS, _of(BOOKING_WAITS, conversation_id), **gone)
        open_one = and_(_of(ASSISTANCES, conversation_id), ASSISTANCES.c.state == "active")
        self._change(ASSISTANCES, open_one, state="ended", ended_by="applicant")
        proposed = and_(_of(ASSISTANCES, conversation_id), ASSISTANCES.c.state == "proposed")
        self._change(ASSISTANCES, proposed, state="declined", ended_by="applicant")

    def _delete_notes(self, conversation_id: str) -> None:
        texts = select(DESK_TEXTS.c.id).where(_of(DESK_TEXTS, conversation_id))
        self._delete(DESK_PAIRS, DESK_PAIRS.c.text_id.in_(texts))
        self._delete(DESK_TEXTS, _of(DESK_TEXTS, conversation_id))
        self._delete(DESK_MENTIONS, _of(DESK_MENTIONS, conversation_id))
        # what colleagues wrote about it cannot be changed; the right to deletion goes before that
        for table in GUARDED:
            if self._count_of(table, conversation_id):
                self._run(append_only_dropped(table.name))
                self._delete(table, _of(table, conversation_id))
                self._run(append_only(table.name))

    def _mask_challenges(self, number: str) -> None:
        query = select(CHALLENGES).where(CHALLENGES.c.conversation_id == number)
        for row in self._connection.execute(query).all():
            self._change(CHALLENGES, CHALLENGES.c.id == row.id, said=mask_numbers(row.said))

    def _mask_reviews(self, number: str) -> None:
        query = select(REVIEWS).where(REVIEWS.c.conversation_id == number)
        for row in self._connection.execute(query).all():
            self._change(REVIEWS, REVIEWS.c.id == row.id, comment=mask_numbers(row.comment))

    def _count_of(self, table: Table, conversation_id: str) -> int:
        return self._count(table, _of(table, conversation_id))

    def _count(self, table: Table, condition: "ColumnElement[Any]") -> int:
        query = select(func.count()).select_from(table).where(condition)
        return int(self._connection.execute(query).scalar_one())

    def _delete(self, table: Table, condition: "ColumnElement[Any]") -> None:
        self._connection.execute(delete(table).where(condition))

    def _change(self, table: Table, condition: "ColumnElement[Any]", **values: object) -> None:
        self._connection.execute(update(table).where(condition).values(**values))

    def _run(self, statements: Mapping[str, Sequence[str]]) -> None:
        for statement in statements[self._connection.dialect.name]:
            self._connection.exec_driver_sql(statement)


_WITHOUT_ADDRESS: Mapping[str, None] = {"external_id": None, "token_hash": None}
PREFIX_FROM, PREFIX_TO = "SC-", "SC."
"""Receipts' numbers, as a range that an index finds."""


def _of(table: Table, conversation_id: str) -> "ColumnElement[Any]":
    return table.c.conversation_id == conversation_id


def _detached(table: Table, number: str | None) -> "ColumnElement[Any]":
    if number is not None:
        return _of(table, number)
    name = table.c.conversation_id
    return and_(name > PREFIX_FROM, name < PREFIX_TO)


def _some(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {kind: count for kind, count in counts.items() if count}
