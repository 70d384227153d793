"""What learning needs from the store."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.learning import (
    GuessPressed,
    Lesson,
    LessonEvent,
    LessonState,
    Misread,
    Misunderstood,
)
from bot.domain.model_life import (
    ChoiceState,
    JobKind,
    JobState,
    LearningJob,
    ModelChoice,
    Serving,
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


class LearningJobStore(Protocol):
    """Trainings and comparisons."""

    def add(self, job: LearningJob) -> int:
        """Write one and return its id."""

    def get(self, job_id: int) -> LearningJob | None:
        """Return one."""

    def in_states(self, states: Collection[JobState]) -> Sequence[LearningJob]:
        """Return those in some states, oldest first."""

    def newest(self, limit: int, kind: JobKind | None = None) -> Sequence[LearningJob]:
        """Return the newest, newest first."""

    def start(self, job_id: int, now: datetime) -> bool:
        """Take a queued one up; False when somebody else has."""

    def ask_to_stop(self, job_id: int) -> bool:
        """Ask the one who runs it to end it."""

    def progress(self, job_id: int, stage: str, percent: int | None) -> bool:
        """Note how far it is; False when it does not run any more."""

    def end(
        self,
        job_id: int,
        state: JobState,
        now: datetime,
        *,
        result: dict[str, Any] | None = None,
        error: str = "",
    ) -> bool:
        """End one; False when it had ended."""


class ModelStore(Protocol):
    """Choices of models, and where the one in use listens."""

    def add(self, choice: ModelChoice) -> int:
        """Write a choice and return its id."""

    def get(self, choice_id: int) -> ModelChoice | None:
        """Return a choice."""

    def newest_in(self, state: ChoiceState) -> ModelChoice | None:
        """Return the newest choice in a state."""

    def newest(self, limit: int) -> Sequence[ModelChoice]:
        """Return the newest choices."""

    def served(self, limit: int) -> Sequence[ModelChoice]:
        """Return the choices that have served, the one that began last first."""

    def move(self, choice_id: int, *, seen: ChoiceState, to: ChoiceState, error: str = "") -> bool:
        """Bring a choice into another state; False when it had moved."""

    def move_all(self, *, seen: ChoiceState, to: ChoiceState, but: int = 0) -> None:
        """Bring all choices of a state into another, except one."""

    def set_active(self, choice_id: int, at: datetime) -> None:
        """Note since when a choice serves."""

    def serving(self, run_id: str) -> Serving | None:
        """Return where the model of one run listens."""

    def set_serving(self, serving: Serving) -> None:
        """Write where the model of one run listens."""
