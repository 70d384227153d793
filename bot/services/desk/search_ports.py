"""The search index of the desk, as use cases see it."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class DeskSearchStore(Protocol):
    """The search index of the desk."""

    def unindexed(self, limit: int) -> list[tuple[int, str, str]]:
        """Return id, conversation and text of messages that are not in the index, oldest first."""

    def fields_texts(self, conversation_ids: Sequence[str]) -> Mapping[str, str]:
        """Return the answers of conversations, each as one text."""

    def add_messages(self, found: Sequence[tuple[int, str, str]]) -> None:
        """Put messages into the index: id, conversation, text. One that is there stays."""

    def put_fields(self, fields: Mapping[str, str]) -> None:
        """Put the answers of conversations into the index, in the place of earlier ones."""

    def find(self, word: str) -> list[str]:
        """Return conversations with this word in one of their texts; `word` is normalised."""
