"""The repository of what everybody may read of complaints and suggestions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.feedback import FeedbackKind, FeedbackState
from bot.domain.feedback_publications import (
    PublicAnswer,
    Publication,
    PublicationEvent,
    PublicationState,
    PublicationStep,
    PublicWords,
)
from bot.services.feedback.ports import Wait
from bot.store.tables.casework import FEEDBACK, FEEDBACK_EVENTS
from bot.store.tables.feedback import FEEDBACK_PUBLICATIONS, PUBLICATION_EVENTS

C, P, E, V = FEEDBACK.c, FEEDBACK_PUBLICATIONS.c, FEEDBACK_EVENTS.c, PUBLICATION_EVENTS.c


class PublicationRepository:
    """Publications on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_feedback(self, feedback_id: int) -> Publication | None:
        """Return the publication of one, None without one."""
        query = select(FEEDBACK_PUBLICATIONS).where(P.feedback_id == feedback_id)
        row = self._connection.execute(query).first()
        return None if row is None else _read(row)

    def prepare(
        self, feedback_id: int, words: PublicWords, *, agent_id: int, now: datetime
    ) -> None:
        """Write the words, or write them anew while nothing is public."""
        values = {
            **vars(words),
            "state": PublicationState.PREPARED.value,
            "prepared_by": agent_id,
            "prepared_at": now,
            "decided_by": None,
            "published_at": None,
            "reason": "",
        }
        changed = self._connection.execute(
            update(FEEDBACK_PUBLICATIONS)
            .where(P.feedback_id == feedback_id, P.state != PublicationState.PUBLISHED.value)
            .values(**values)
        )
        if changed.rowcount == 0:
            self._connection.execute(
                insert(FEEDBACK_PUBLICATIONS).values(feedback_id=feedback_id, **values)
            )

    def decide(
        self,
        seen: Publication,
        to: PublicationState,
        *,
        agent_id: int,
        now: datetime,
        reason: str = "",
    ) -> bool:
        """Publish or withdraw as last seen; False when it has changed meanwhile."""
        values: dict[str, object] = {"state": to.value, "decided_by": agent_id, "reason": reason}
        if to is PublicationState.PUBLISHED:
            values["published_at"] = now
        result = self._connection.execute(
            update(FEEDBACK_PUBLICATIONS)
            .where(
                P.id == seen.id,
                P.state == seen.state.value,
                P.prepared_at == seen.prepared_at,
            )
            .values(**values)
        )
        return bool(result.rowcount == 1)

    def append(self, feedback_id: int, event: PublicationEvent) -> None:
        """Append to the history."""
        self._connection.execute(
            insert(PUBLICATION_EVENTS).values(
                feedback_id=feedback_id,
                kind=event.kind.value,
                **vars(event.words),
                text=event.text,
                agent_id=event.agent_id,
                at=event.at,
            )
        )

    def events(self, feedback_id: int) -> Sequence[PublicationEvent]:
        """Return the history, oldest first."""
        query = select(PUBLICATION_EVENTS).where(V.feedback_id == feedback_id).order_by(V.id)
        return [
            PublicationEvent(
                kind=PublicationStep(row.kind),
                words=PublicWords(row.question, row.answer, row.change),
                text=row.text,
                agent_id=row.agent_id,
                at=row.at,
            )
            for row in self._connection.execute(query)
        ]

    def published(
        self, *, offset: int, limit: int, text: str = "", is_adopted: bool = False
    ) -> Sequence[PublicAnswer]:
        """Return what is public, newest first; with `is_adopted` only what changed something."""
        query = (
            select(FEEDBACK_PUBLICATIONS, C.kind, C.department_id)
            .join(FEEDBACK, C.id == P.feedback_id)
            .where(P.state == PublicationState.PUBLISHED.value)
            .order_by(P.published_at.desc(), P.id.desc())
            .offset(offset)
            .limit(limit)
        )
        if text:
            query = query.where(
                or_(
                    P.question.contains(text, autoescape=True),
                    P.answer.contains(text, autoescape=True),
                )
            )
        if is_adopted:
            query = query.where(P.change != "")
        rows = self._connection.execute(query).all()
        seen = self._followed_up([row.feedback_id for row in rows])
        return [
            PublicAnswer(
                kind=FeedbackKind(row.kind),
                department_id=row.department_id,
                words=PublicWords(row.question, row.answer, row.change),
                published_at=row.published_at,
                **_after(row.published_at, seen.get(row.feedback_id)),
            )
            for row in rows
        ]

    def _followed_up(self, ids: Sequence[int]) -> dict[int, Any]:
        """Return the newest follow-up of each publication that has one."""
        query = (
            select(V.feedback_id, V.text, V.at)
            .where(V.feedback_id.in_(ids), V.kind == PublicationStep.FOLLOWED_UP.value)
            .order_by(V.id)
        )
        return {row.feedback_id: row for row in self._connection.execute(query)}

    def waits(self, since: datetime, until: datetime) -> Sequence[Wait]:
        """Return how each that came in during [since, until) was answered."""
        first = (
            select(func.min(E.at))
            .where(E.feedback_id == C.id, E.to == FeedbackState.ANSWERED.value)
            .scalar_subquery()
        )
        query = select(C.opened_at, C.due_on, first.label("answered_at")).where(
            C.opened_at >= since, C.opened_at < until
        )
        return [
            Wait(row.opened_at, row.answered_at, row.due_on)
            for row in self._connection.execute(query)
        ]


def _read(row: Any) -> Publication:
    return Publication(
        id=row.id,
        feedback_id=row.feedback_id,
        words=PublicWords(row.question, row.answer, row.change),
        state=PublicationState(row.state),
        prepared_by=row.prepared_by,
        prepared_at=row.prepared_at,
        decided_by=row.decided_by,
        published_at=row.published_at,
        reason=row.reason,
    )


def _after(published_at: datetime, seen: Any) -> dict[str, Any]:
    # what was seen of an earlier publication says nothing about this one
    if seen is None or seen.at < published_at:
        return {}
    return {"followed_up": seen.text, "followed_up_at": seen.at}
