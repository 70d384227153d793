"""The repository of conversations, as use cases see it."""

from typing import Protocol

from bot.domain.conversations import Conversation


class ConversationStore(Protocol):
    """Conversations and their messages."""

    def get(self, conversation_id: str) -> Conversation:
        """Return one; raises `UnknownConversation`."""
