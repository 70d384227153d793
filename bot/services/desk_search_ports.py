"""The search index of the desk, as use cases see it."""

from typing import Protocol


class DeskSearchStore(Protocol):
    """The search index of the desk."""

    def unindexed(self, limit: int) -> list[tuple[int, str, str]]:
        """Return id, conversation and text of messages that are not in the index, oldest first."""

    def fields_text(self, conversation_id: str) -> str:
        """Return the answers of a conversation as one text."""

    def add(self, conversation_id: str, kind: str, ref_id: int, text: str) -> None:
        """Put a text into the index, in the place of an earlier one."""

    def find(self, word: str) -> list[str]:
        """Return conversations with this word in one of their texts; `word` is normalised."""
