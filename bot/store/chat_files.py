"""The repository of files that people handed in on our own pages."""

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from bot.domain.desk_files import SentFile
from bot.store.tables.privacy import CHAT_FILES


class ChatFileRepository:
    """Files on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation_id: str, *, client_id: str, file: SentFile, now: datetime) -> int:
        """Keep one and return its id."""
        row = {
            "conversation_id": conversation_id,
            "client_id": client_id,
            "name": file.name,
            "media_type": file.media_type,
            "content": file.content,
            "at": now,
        }
        added = self._connection.execute(insert(CHAT_FILES).values(**row))
        return int(added.inserted_primary_key[0])

    def get(self, file_id: int, *, conversation_id: str | None = None) -> SentFile | None:
        """Return one, None when there is none or it is of another conversation than the given."""
        query = select(CHAT_FILES).where(CHAT_FILES.c.id == file_id)
        if conversation_id is not None:
            query = query.where(CHAT_FILES.c.conversation_id == conversation_id)
        row = self._connection.execute(query).one_or_none()
        return SentFile(row.name, row.media_type, bytes(row.content)) if row else None

    def count(self, conversation_id: str) -> int:
        """Count those of a conversation."""
        query = (
            select(func.count())
            .select_from(CHAT_FILES)
            .where(CHAT_FILES.c.conversation_id == conversation_id)
        )
        return int(self._connection.execute(query).scalar_one())
