"""The repository of conversations, messages and the outbox."""

from sqlalchemy.engine import Connection

from bot.domain.conversations import Conversation, UnknownConversation


class ConversationRepository:
    """Conversations on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, conversation_id: str) -> Conversation:
        """Return one; raises `UnknownConversation`."""
        raise UnknownConversation(conversation_id)
