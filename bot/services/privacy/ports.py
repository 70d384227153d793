"""The repositories of files, consents and deletion, as use cases see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.desk_files import SentFile
from bot.domain.privacy import Consent, Erasure, Holdings
from bot.domain.retention import RetentionClass


class ChatFileStore(Protocol):
    """Files that people handed in on our own pages."""

    def add(self, conversation_id: str, *, client_id: str, file: SentFile, now: datetime) -> int:
        """Keep one and return its id."""

    def get(self, file_id: int, *, conversation_id: str | None = None) -> SentFile | None:
        """Return one, None when there is none or it is of another conversation than the given."""

    def count(self, conversation_id: str) -> int:
        """Count those of a conversation."""


class ConsentStore(Protocol):
    """What people agreed to; append-only."""

    def add(self, consent: Consent) -> None:
        """Write down a decision."""

    def latest(self, conversation_ids: Sequence[str], version: str) -> Consent | None:
        """Return the newest decision on what this version is about, None before the first."""


class ErasureStore(Protocol):
    """Everything that belongs to a conversation, to be counted and deleted."""

    def holdings(self, conversation_id: str) -> Holdings:
        """Count what would be deleted and what has to be kept."""

    def move(self, conversation_id: str, to: str, now: datetime) -> None:
        """Give the person's address and secret to a new, empty conversation."""

    def erase(self, conversation_id: str, number: str) -> None:
        """Delete or mask everything of a conversation, itself included.

        In what has to stay the receipt's number stands where the conversation stood.
        """

    def mask_finished(self, number: str | None = None) -> int:
        """Take contact data out of what erased persons left, as far as it is over; counts it."""

    def add(self, erasure: Erasure) -> None:
        """Write down a receipt."""


class RetentionStore(Protocol):
    """What has been kept long enough."""

    def count(self, one: RetentionClass, before: datetime) -> int:
        """Count what is over."""

    def conversations(self, before: datetime, limit: int) -> list[str]:
        """Return conversations that are over, the oldest first; nobody else takes them now."""

    def clear(self, one: RetentionClass, before: datetime, limit: int) -> int:
        """Take persons out of rows that are over; returns how many rows."""
