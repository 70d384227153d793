"""What the desk of complaints and suggestions needs of the database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.feedback import FeedbackState
from bot.domain.feedback_answers import Answer, Decision, FeedbackFilter, FeedbackRow, Mark


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
        """Set the department."""

    def renew(self, feedback_id: int, *, due_on: date, due_provisional: bool) -> None:
        """Set another day by which it is answered."""

    def answers(self, feedback_id: int) -> Sequence[Answer]:
        """Return what was written, oldest first."""

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
