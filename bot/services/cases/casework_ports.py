"""What the casework needs from the store: numbers, identity tries, cases, feedback."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.cases import Case, CaseEvent, CaseState, CaseStep, NewCase
from bot.domain.feedback import Feedback, FeedbackEvent, FeedbackState, NewFeedback


class NumberStore(Protocol):
    """Counters per kind and local day."""

    def hold(self, kind: str, day: date) -> None:
        """Lock the counter until the transaction ends."""

    def take(self, kind: str, day: date) -> int:
        """Count one up and return the new value, from 1."""


class IdentityTryStore(Protocol):
    """Failed tries to prove whose something is; `subject` is a conversation or a number."""

    def locked_until(self, subject: str) -> datetime | None:
        """Return until when the subject is locked, None when it never was.

        Locks the subject's row until the transaction ends, so tries are counted one by one.
        """

    def failures_since(self, subject: str, since: datetime) -> int:
        """Return the failures counted if the latest one is after `since`, else 0."""

    def fail(self, subject: str, failures: int, now: datetime, until: datetime | None) -> None:
        """Write down the failures so far and, when there were too many, the end of the lock."""


class CaseStore(Protocol):
    """Cases, their steps, history, who may see them, and notes for departments."""

    def add(self, case: NewCase) -> int:
        """Write a new case with its steps; returns its id."""

    def by_number(self, number: str) -> Case | None:
        """Return a case with steps and history, or None."""

    def by_origin(self, origin: str) -> Case | None:
        """Return the case that this origin opened, or None."""

    def event_by_origin(self, origin: str) -> CaseEvent | None:
        """Return the history entry that this origin wrote, or None."""

    def move(self, case_id: int, seen: CaseState, to: CaseState) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""

    def set_missing(self, case_id: int, missing: Sequence[str]) -> None:
        """Write down which papers the applicant has to hand in."""

    def set_steps(self, case_id: int, steps: Sequence[CaseStep]) -> None:
        """Write down when the steps started and finished."""

    def append(self, case_id: int, event: CaseEvent, origin: str | None = None) -> int:
        """Append to the history; returns the entry's id.

        Followers get news of it, a move makes the stored due dates be counted again, and a final
        state closes the case, all in the same transaction.
        """

    def grant(self, case_id: int, conversation_id: str, now: datetime) -> None:
        """Write down that this conversation has proven that the case is its own."""

    def is_granted(self, case_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation has proven it."""

    def granted_numbers(self, conversation_id: str) -> Sequence[str]:
        """Return the numbers of the cases that the conversation may see, newest proof first."""

    def follow(self, case_id: int, conversation_id: str, now: datetime) -> None:
        """Subscribe the conversation; it hears of what happens from now on."""

    def unfollow(self, case_id: int, conversation_id: str) -> bool:
        """End the subscription; tells whether there was one."""

    def followed_numbers(self, conversation_id: str) -> Sequence[str]:
        """Return the numbers of the cases that the conversation follows, the latest first."""

    def is_followed(self, case_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation is subscribed."""


class FeedbackStore(Protocol):
    """Complaints and suggestions, and their history."""

    def add(self, feedback: NewFeedback) -> int:
        """Write a new one; returns its id."""

    def by_number(self, number: str) -> Feedback | None:
        """Return one with its history, or None."""

    def by_origin(self, origin: str) -> Feedback | None:
        """Return the one that this origin filed, or None."""

    def of_conversation(self, conversation_id: str) -> Sequence[Feedback]:
        """Return those filed in a conversation, newest first."""

    def filed_in(self, conversation_id: str) -> Sequence[tuple[datetime, str]]:
        """Return when those filed in a conversation were opened, and their numbers."""

    def move(self, feedback_id: int, seen: FeedbackState, to: FeedbackState) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""

    def append(self, feedback_id: int, event: FeedbackEvent) -> None:
        """Append to the history."""
