"""The repository of decisions about messages that were not understood."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.learning import Lesson, LessonEvent, LessonKind, LessonState
from bot.store.tables.learning import LESSON_EVENTS, LESSONS

L = LESSONS.c


class LessonRepository:
    """Decisions and their history, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, lesson: Lesson) -> int:
        """Write one with the first line of its history; returns its id."""
        values = {
            "kind": lesson.kind.value,
            "target": lesson.target,
            "examples": list(lesson.examples),
            "note": lesson.note,
            "state": lesson.state.value,
            "proposed_by": lesson.proposed_by,
            "proposed_at": lesson.proposed_at,
        }
        result = self._connection.execute(insert(LESSONS).values(**values))
        lesson_id: int = result.inserted_primary_key[0]
        event = LessonEvent(
            lesson_id, lesson.proposed_at, lesson.proposed_by, lesson.state, lesson.note
        )
        self._append(event)
        return lesson_id

    def get(self, lesson_id: int) -> Lesson | None:
        """Return one, None when there is none."""
        row = self._connection.execute(select(LESSONS).where(L.id == lesson_id)).one_or_none()
        return _lesson(row) if row else None

    def in_states(self, states: Collection[LessonState], limit: int) -> Sequence[Lesson]:
        """Return those in some states, newest first."""
        query = (
            select(LESSONS)
            .where(L.state.in_([state.value for state in states]))
            .order_by(L.id.desc())
            .limit(limit)
        )
        return [_lesson(row) for row in self._connection.execute(query)]

    def move(self, event: LessonEvent, *, seen: LessonState) -> bool:
        """Bring one into another state and append to its history; False when it had moved."""
        moved = self._connection.execute(
            update(LESSONS)
            .where(L.id == event.lesson_id, L.state == seen.value)
            .values(state=event.state.value, decided_by=event.agent_id, decided_at=event.at)
        )
        if moved.rowcount != 1:
            return False
        self._append(event)
        return True

    def history(self, lesson_id: int) -> Sequence[LessonEvent]:
        """Return the history of one, oldest first."""
        table = LESSON_EVENTS
        query = select(table).where(table.c.lesson_id == lesson_id).order_by(table.c.id)
        return [
            LessonEvent(row.lesson_id, row.at, row.agent_id, LessonState(row.state), row.reason)
            for row in self._connection.execute(query)
        ]

    def _append(self, event: LessonEvent) -> None:
        self._connection.execute(
            insert(LESSON_EVENTS).values(
                lesson_id=event.lesson_id,
                at=event.at,
                agent_id=event.agent_id,
                state=event.state.value,
                reason=event.reason,
            )
        )


def _lesson(row: Any) -> Lesson:
    return Lesson(
        id=row.id,
        kind=LessonKind(row.kind),
        target=row.target,
        examples=tuple(row.examples),
        note=row.note,
        state=LessonState(row.state),
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
