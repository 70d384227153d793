"""The repository of notes, canned replies, filters and files, as use cases see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.desk_files import SentFile
from bot.domain.desk_work import CannedReply, Note, SavedFilter


class DeskNoteStore(Protocol):
    """Notes, canned replies, filters, files."""

    def add(
        self,
        conversation_id: str,
        agent_id: int,
        *,
        text: str,
        mentions: Sequence[int],
        now: datetime,
    ) -> int:
        """Append a note and tell those who are mentioned; returns its id."""

    def of_conversation(self, conversation_id: str) -> list[Note]:
        """Return the notes of a conversation, oldest first."""

    def see(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Note that the agent has looked at where the name stands; False when it had."""

    def canned(self, department_id: str | None) -> list[CannedReply]:
        """Return canned replies for everybody and for this department; None for all."""

    def save_canned(self, reply: CannedReply, *, agent_id: int, now: datetime) -> None:
        """Add a canned reply (id 0) or change one; raises `ShortcutTaken`."""

    def drop_canned(self, reply_id: int) -> None:
        """Take a canned reply away; an unknown one is fine."""

    def filters(self, agent_id: int) -> list[SavedFilter]:
        """Return an agent's saved filters in the order they were made."""

    def count_filters(self, agent_id: int) -> int:
        """Return how many filters an agent keeps."""

    def save_filter(self, agent_id: int, name: str, query: dict[str, str]) -> None:
        """Keep a filter; the same name again replaces it."""

    def drop_filter(self, agent_id: int, name: str) -> None:
        """Forget a filter; an unknown one is fine."""

    def add_file(
        self, token_hash: str, *, conversation_id: str, agent_id: int, file: SentFile, now: datetime
    ) -> None:
        """Store a file that was sent to an applicant."""

    def file(self, token_hash: str) -> SentFile | None:
        """Return a file by the SHA-256 of the secret in its address, None when unknown."""
