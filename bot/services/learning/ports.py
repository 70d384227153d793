"""What learning needs from the store."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.learning import (
    GuessPressed,
    Lesson,
    LessonEvent,
    LessonState,
    Misread,
    Misunderstood,
)


class MisunderstoodStore(Protocol):
    """Messages that were not understood."""

    def add(
        self,
        *,
        message_id: int,
        conversation_id: str,
        at: datetime,
        text: str,
        misread: Misread,
        model: str,
        expires_at: datetime,
    ) -> bool:
        """Write one without ever breaking the transaction; False when it was not written."""

    def note_pressed(self, conversation_id: str, pressed: GuessPressed) -> bool:
        """Write down which guess was pressed; likewise."""

    def undecided(self, limit: int) -> Sequence[Misunderstood]:
        """Return those that nobody has decided about, newest first."""

    def of_lesson(self, lesson_id: int) -> Sequence[Misunderstood]:
        """Return those that a decision covers, oldest first."""

    def newest(self, limit: int) -> Sequence[Misunderstood]:
        """Return the newest, decided or not."""

    def take(self, ids: Sequence[int], lesson_id: int) -> int:
        """Put free ones under a decision; returns how many were free."""

    def free(self, lesson_id: int) -> None:
        """Take them out of a decision."""

    def forget(self, now: datetime) -> int:
        """Delete what has expired."""


class LessonStore(Protocol):
    """Decisions and their history."""

    def add(self, lesson: Lesson) -> int:
        """Write one and return its id."""

    def get(self, lesson_id: int) -> Lesson | None:
        """Return one."""

    def in_states(self, states: Collection[LessonState], limit: int) -> Sequence[Lesson]:
        """Return those in some states, newest first."""

    def move(self, event: LessonEvent, *, seen: LessonState) -> bool:
        """Bring one into another state; False when it had moved."""

    def history(self, lesson_id: int) -> Sequence[LessonEvent]:
        """Return the history of one, oldest first."""
