"""What the desk of complaints and suggestions needs of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.feedback import FeedbackState
from bot.domain.feedback_answers import Answer, Decision, FeedbackFilter, FeedbackRow, Mark
from bot.domain.feedback_owners import OwnerEvent, OwnerNotice
from bot.domain.feedback_publications import (
    PublicAnswer,
    Publication,
    PublicationEvent,
    PublicationState,
    PublicWords,
)


@dataclass(frozen=True)
class Wait:
    """When one came in, when its first answer went out (None: not yet), and its day."""

    opened_at: datetime
    answered_at: datetime | None
    due_on: date


class PublicationStore(Protocol):
    """What of complaints and suggestions everybody may read."""

    def of_feedback(self, feedback_id: int) -> Publication | None:
        """Return the publication of one, None without one."""

    def prepare(
        self, feedback_id: int, words: PublicWords, *, agent_id: int, now: datetime
    ) -> None:
        """Write the words, or write them anew while nothing is public."""

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

    def append(self, feedback_id: int, event: PublicationEvent) -> None:
        """Append to the history."""

    def events(self, feedback_id: int) -> Sequence[PublicationEvent]:
        """Return the history, oldest first."""

    def published(
        self, *, offset: int, limit: int, text: str = "", is_adopted: bool = False
    ) -> Sequence[PublicAnswer]:
        """Return what is public, newest first; with `is_adopted` only what changed something."""

    def waits(self, since: datetime, until: datetime) -> Sequence[Wait]:
        """Return how each that came in during [since, until) was answered."""


class FeedbackDeskStore(Protocol):
    """The desk's list, departments, and answers."""

    def page(
        self, wanted: FeedbackFilter, today: date, *, offset: int, limit: int
    ) -> Sequence[FeedbackRow]:
        """Return one page, the most urgent first; closed ones the newest first."""

    def counts(self, wanted: FeedbackFilter, today: date) -> Mapping[FeedbackState, int]:
        """Return how many of each state the list has, whatever `wanted.state` is."""

    def count(self, wanted: FeedbackFilter, today: date) -> int:
        """Return how many the list has."""

    def give(self, feedback_id: int, department_id: str) -> None:
        """Set the department; who answered for it in another one does so no more."""

    def set_owner(self, feedback_id: int, event: OwnerEvent) -> None:
        """Say who answers for it."""

    def owner_events(self, feedback_id: int) -> Sequence[OwnerEvent]:
        """Return who was named, reminded, and passed over, oldest first."""

    def owners_due(self, today: date, soon: date) -> Sequence[OwnerNotice]:
        """Return what waits, has an owner, and is late, or due until `soon`."""

    def note_owner(self, notice: OwnerNotice, now: datetime) -> bool:
        """Write what the clock does; False when it was written for this person and day before."""

    def renew(self, feedback_id: int, *, due_on: date, due_provisional: bool) -> None:
        """Set another day by which it is answered."""

    def answers(self, feedback_id: int) -> Sequence[Answer]:
        """Return what was written, oldest first."""

    def same_waiting(self, feedback_id: int, limit: int) -> Sequence[str]:
        """Return numbers for which the same words of the same author wait, the own one too."""

    def add_answer(
        self, feedback_id: int, *, text: str, change: str, author_id: int, now: datetime
    ) -> None:
        """Write an answer that waits for its check."""

    def decide(
        self,
        answer_id: int,
        decision: Decision,
        *,
        checker_id: int,
        remark: str,
        marks: frozenset[Mark],
        now: datetime,
    ) -> bool:
        """Note the decision on an answer that waits; tells whether it still did."""
