"""The repository of linked conversations, as use cases see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class LinkStore(Protocol):
    """Which conversations are one person's."""

    def of(self, conversation_id: str) -> tuple[str, ...]:
        """Return the person's conversations, this one first; only this one when not linked."""

    def used_last(self, conversation_id: str) -> str:
        """Return the one of the person's conversations in which the person spoke last."""

    def join(self, conversations: Sequence[str], person_id: str, now: datetime) -> None:
        """Make these conversations one person's, whatever they were before."""

    def leave(self, conversation_id: str) -> bool:
        """Take a conversation out; False when it was not linked. Nobody stays linked alone."""

    def offer(self, conversation_id: str, code_hash: str, expires_at: datetime) -> bool:
        """Keep a code in the place of an earlier one; False when another conversation has it."""

    def claim(self, code_hash: str, claimed_by: str, now: datetime) -> str | None:
        """Note who sent a code; returns the conversation that showed it, None when it is no good.

        Sent again by the same conversation it is the same claim.
        """

    def use(self, conversation_id: str, now: datetime) -> str | None:
        """Take out the code that this conversation showed; returns who sent it, None for nobody."""

    def forget(self, conversation_id: str) -> None:
        """Take out everything of a conversation that is about to be deleted."""
