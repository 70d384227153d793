"""What talks with business need of the database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.meetings import (
    Meeting,
    MeetingAnswer,
    MeetingQuestion,
    NewMeeting,
    PendingStep,
    Signup,
    TalkNews,
    TalkStep,
)


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

    def sign_up(self, meeting_id: int, signup: Signup, conversation_id: str | None = None) -> bool:
        """Put somebody on the list; False when the number is on it."""

    def signups(self, meeting_id: int) -> Sequence[Signup]:
        """Return who comes, in the order in which they signed up."""

    def forget_signups(self, before: date) -> int:
        """Delete who came to what closed before a day; returns how many."""

    def ask(
        self,
        meeting_id: int,
        text: str,
        now: datetime,
        *,
        conversation_id: str | None = None,
        origin: str | None = None,
    ) -> None:
        """Write a question; one of the same origin is written once."""

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


class MeetingChatStore(Protocol):
    """The chat's side: what was asked for, who wants to hear, what is to be told."""

    def begin(self, conversation_id: str, meeting_id: int, step: TalkStep, now: datetime) -> None:
        """Note what somebody was asked for; an earlier question is open no more."""

    def pending(self, conversation_id: str) -> PendingStep | None:
        """Return what somebody was asked for last, answered or not."""

    def end(self, conversation_id: str, message_id: int) -> None:
        """Note the message that answered it, or that led elsewhere."""

    def is_signed(self, meeting_id: int, conversation_id: str) -> bool:
        """Tell whether somebody signed up here."""

    def sign_off(self, meeting_id: int, conversation_id: str) -> bool:
        """Take who signed up here from the list; False when nobody did."""

    def withdraw(self, meeting_id: int, conversation_id: str) -> bool:
        """Delete the newest question without an answer; False without one."""

    def watch(self, conversation_id: str, now: datetime) -> None:
        """Begin to hear of talks."""

    def unwatch(self, conversation_ids: Sequence[str]) -> bool:
        """Stop hearing of them; False when nobody did."""

    def is_watching(self, conversation_ids: Sequence[str]) -> bool:
        """Tell whether one of these wants to hear."""

    def untold(self, today: date, limit: int) -> Sequence[TalkNews]:
        """Return what is to be told, at most `limit` of each kind."""

    def note(self, news: TalkNews, now: datetime) -> bool:
        """Note that it was told; False when it was before."""
