"""What codes to review with, and invitations, need of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.review_codes import ReviewCode
from bot.domain.reviews import TargetKind


@dataclass(frozen=True)
class Ended:
    """A service that is over and that nobody was invited to review yet.

    Attributes:
        what: Name of the matter; "" for a booking and a conversation.
        at: When it ended; of a booking, when it began.
    """

    kind: TargetKind
    number: str
    conversation_id: str
    what: str
    at: datetime


class ReviewCodeStore(Protocol):
    """Codes and invitations."""

    def add(self, code_hash: str, code: ReviewCode) -> None:
        """Write a code."""

    def find(self, code_hash: str) -> ReviewCode | None:
        """Return a code, None when there is none like this."""

    def note_failure(self, code_hash: str) -> None:
        """Count wrong digits."""

    def use(self, code_hash: str, now: datetime) -> bool:
        """Mark a code as used; False when it was."""

    def made_since(self, agent_id: int, since: datetime) -> int:
        """Count the codes that a colleague has made at or after a moment."""

    def to_invite(self, since: datetime, now: datetime) -> Sequence[Ended]:
        """Return what ended in [since, now), with whom it is followed, not invited or reviewed."""

    def invite(self, one: Ended, now: datetime) -> bool:
        """Note an invitation; False when there was one."""
