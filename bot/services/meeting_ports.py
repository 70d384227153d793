"""What talks with business need of the database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.meetings import Meeting, MeetingAnswer, MeetingQuestion, NewMeeting, Signup


class MeetingStore(Protocol):
    """Meetings, who comes, what is asked and answered."""

    def add(self, new: NewMeeting, *, agent_id: int, now: datetime) -> int:
        """Write one; returns its id."""

    def newest(self, limit: int) -> Sequence[Meeting]:
        """Return those that close last first."""

    def by_id(self, meeting_id: int) -> Meeting | None:
        """Return one."""

    def cancel(self, meeting_id: int, reason: str) -> bool:
        """Say that it does not take place; False when that was said before."""

    def sign_up(self, meeting_id: int, signup: Signup) -> bool:
        """Put somebody on the list; False when the number is on it."""

    def signups(self, meeting_id: int) -> Sequence[Signup]:
        """Return who comes, in the order in which they signed up."""

    def forget_signups(self, before: date) -> int:
        """Delete who came to what closed before a day; returns how many."""

    def ask(self, meeting_id: int, text: str, now: datetime) -> None:
        """Write a question."""

    def open_questions(self, meeting_id: int) -> Sequence[MeetingQuestion]:
        """Return the questions without an answer, oldest first."""

    def answer(
        self,
        meeting_id: int,
        question_ids: Sequence[int],
        *,
        question: str,
        answer: str,
        agent_id: int,
        now: datetime,
    ) -> int:
        """Publish an answer to open questions; returns to how many (0: nothing was written)."""

    def answers(self, meeting_id: int) -> Sequence[MeetingAnswer]:
        """Return what was published, oldest first."""
