"""What models and their background work need from the store."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.model_life import (
    ChoiceState,
    JobKind,
    JobState,
    LearningJob,
    ModelChoice,
    Serving,
)


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
