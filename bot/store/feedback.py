"""The repository of complaints and suggestions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.feedback import (
    Feedback,
    FeedbackEvent,
    FeedbackKind,
    FeedbackState,
    FeedbackTarget,
    NewFeedback,
)
from bot.store.tables.casework import FEEDBACK, FEEDBACK_EVENTS


class FeedbackRepository:
    """Complaints and suggestions on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, feedback: NewFeedback) -> int:
        """Write a new one; returns its id."""
        result = self._connection.execute(
            insert(FEEDBACK).values(
                number=feedback.number,
                origin=feedback.origin,
                conversation_id=feedback.conversation_id,
                kind=feedback.kind.value,
                text=feedback.text,
                matter_id=feedback.target.matter_id,
                department_id=feedback.target.department_id,
                place=feedback.target.place,
                contact_phone=feedback.contact_phone,
                state=FeedbackState.RECEIVED.value,
                due_on=feedback.due_on,
                due_provisional=feedback.due_provisional,
                opened_at=feedback.opened_at,
            )
        )
        return int(result.inserted_primary_key[0])

    def by_number(self, number: str) -> Feedback | None:
        """Return one with its history, or None."""
        return next(iter(self._all(FEEDBACK.c.number == number)), None)

    def by_origin(self, origin: str) -> Feedback | None:
        """Return the one that this origin filed, or None."""
        return next(iter(self._all(FEEDBACK.c.origin == origin)), None)

    def of_conversation(self, conversation_id: str) -> Sequence[Feedback]:
        """Return those filed in a conversation, newest first."""
        return self._all(FEEDBACK.c.conversation_id == conversation_id)

    def filed_in(self, conversation_id: str) -> Sequence[tuple[datetime, str]]:
        """Return when those filed in a conversation were opened, and their numbers."""
        query = (
            select(FEEDBACK.c.opened_at, FEEDBACK.c.number)
            .where(FEEDBACK.c.conversation_id == conversation_id)
            .order_by(FEEDBACK.c.id.desc())
        )
        return [(row.opened_at, row.number) for row in self._connection.execute(query)]

    def move(self, feedback_id: int, seen: FeedbackState, to: FeedbackState) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""
        result = self._connection.execute(
            update(FEEDBACK)
            .where(FEEDBACK.c.id == feedback_id, FEEDBACK.c.state == seen.value)
            .values(state=to.value)
        )
        return bool(result.rowcount == 1)

    def append(self, feedback_id: int, event: FeedbackEvent) -> None:
        """Append to the history."""
        self._connection.execute(
            insert(FEEDBACK_EVENTS).values(
                feedback_id=feedback_id,
                at=event.at,
                actor=event.actor,
                seen=event.seen.value if event.seen else None,
                to=event.to.value,
                reason=event.reason,
            )
        )

    def _all(self, condition: Any) -> list[Feedback]:
        rows = self._connection.execute(
            select(FEEDBACK).where(condition).order_by(FEEDBACK.c.id.desc())
        ).all()
        if not rows:
            return []
        events: dict[int, list[FeedbackEvent]] = {}
        found = self._connection.execute(
            select(FEEDBACK_EVENTS)
            .where(FEEDBACK_EVENTS.c.feedback_id.in_([row.id for row in rows]))
            .order_by(FEEDBACK_EVENTS.c.id)
        )
        for row in found:
            events.setdefault(row.feedback_id, []).append(_read_event(row))
        return [_read_feedback(row, tuple(events.get(row.id, ()))) for row in rows]


def _read_event(row: Any) -> FeedbackEvent:
    return FeedbackEvent(
        at=row.at,
        actor=row.actor,
        seen=FeedbackState(row.seen) if row.seen else None,
        to=FeedbackState(row.to),
        reason=row.reason,
    )


def _read_feedback(row: Any, events: tuple[FeedbackEvent, ...]) -> Feedback:
    return Feedback(
        id=row.id,
        number=row.number,
        origin=row.origin,
        conversation_id=row.conversation_id,
        kind=FeedbackKind(row.kind),
        text=row.text,
        target=FeedbackTarget(row.matter_id, row.department_id, row.place),
        contact_phone=row.contact_phone,
        state=FeedbackState(row.state),
        due_on=row.due_on,
        due_provisional=row.due_provisional,
        opened_at=row.opened_at,
        events=events,
        owner_id=row.owner_id,
    )
