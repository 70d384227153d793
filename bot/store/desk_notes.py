"""The repository of notes, canned replies, saved filters and files of the desk."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.domain.desk_errors import ShortcutTaken
from bot.domain.desk_files import SentFile
from bot.domain.desk_work import CannedReply, Note, SavedFilter
from bot.store.inserts import insert_if_absent
from bot.store.tables.desk import (
    CANNED_REPLIES,
    DESK_FILES,
    DESK_FILTERS,
    DESK_MENTIONS,
    DESK_NOTES,
)


class DeskNoteRepository:
    """What agents write for themselves and each other, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        values = {
            "conversation_id": conversation_id,
            "agent_id": agent_id,
            "text": text,
            "at": now,
        }
        result = self._connection.execute(insert(DESK_NOTES).values(values))
        note_id = int(result.inserted_primary_key[0])
        for one in dict.fromkeys(mentions):
            mention = {"note_id": note_id, "agent_id": one, "conversation_id": conversation_id}
            insert_if_absent(self._connection, DESK_MENTIONS, mention)
        return note_id

    def of_conversation(self, conversation_id: str) -> list[Note]:
        """Return the notes of a conversation, oldest first."""
        mentioned: dict[int, list[int]] = {}
        query = select(DESK_MENTIONS).where(DESK_MENTIONS.c.conversation_id == conversation_id)
        for row in self._connection.execute(query):
            mentioned.setdefault(row.note_id, []).append(row.agent_id)
        notes = (
            select(DESK_NOTES)
            .where(DESK_NOTES.c.conversation_id == conversation_id)
            .order_by(DESK_NOTES.c.id)
        )
        return [
            Note(row.id, row.agent_id, row.text, row.at, tuple(mentioned.get(row.id, ())))
            for row in self._connection.execute(notes)
        ]

    def see(self, conversation_id: str, agent_id: int, *, now: datetime) -> bool:
        """Note that the agent has looked at where the name stands; False when it had."""
        unseen = (
            (DESK_MENTIONS.c.conversation_id == conversation_id)
            & (DESK_MENTIONS.c.agent_id == agent_id)
            & DESK_MENTIONS.c.seen_at.is_(None)
        )
        done = self._connection.execute(update(DESK_MENTIONS).where(unseen).values(seen_at=now))
        return bool(done.rowcount)

    def canned(self, department_id: str | None) -> list[CannedReply]:
        """Return canned replies for everybody and for this department; None for all."""
        query = select(CANNED_REPLIES).order_by(
            CANNED_REPLIES.c.department_id, CANNED_REPLIES.c.shortcut
        )
        if department_id is not None:
            query = query.where(CANNED_REPLIES.c.department_id.in_(["", department_id]))
        return [
            CannedReply(row.id, row.department_id, row.shortcut, row.title, row.text)
            for row in self._connection.execute(query)
        ]

    def save_canned(self, reply: CannedReply, *, agent_id: int, now: datetime) -> None:
        """Add a canned reply (id 0) or change one; raises `ShortcutTaken`."""
        values = {
            "department_id": reply.department_id,
            "shortcut": reply.shortcut,
            "title": reply.title,
            "text": reply.text,
            "changed_at": now,
            "changed_by": agent_id,
        }
        statement = (
            update(CANNED_REPLIES).where(CANNED_REPLIES.c.id == reply.id).values(values)
            if reply.id
            else insert(CANNED_REPLIES).values(values)
        )
        try:
            with self._connection.begin_nested():
                self._connection.execute(statement)
        except IntegrityError as error:
            raise ShortcutTaken(reply.shortcut) from error

    def drop_canned(self, reply_id: int) -> None:
        """Take a canned reply away; an unknown one is fine."""
        self._connection.execute(delete(CANNED_REPLIES).where(CANNED_REPLIES.c.id == reply_id))

    def filters(self, agent_id: int) -> list[SavedFilter]:
        """Return an agent's saved filters in the order they were made."""
        query = (
            select(DESK_FILTERS)
            .where(DESK_FILTERS.c.agent_id == agent_id)
            .order_by(DESK_FILTERS.c.id)
        )
        return [
            SavedFilter(row.id, row.name, dict(row.query))
            for row in self._connection.execute(query)
        ]

    def count_filters(self, agent_id: int) -> int:
        """Return how many filters an agent keeps."""
        query = select(func.count()).where(DESK_FILTERS.c.agent_id == agent_id)
        return int(self._connection.execute(query).scalar_one())

    def save_filter(self, agent_id: int, name: str, query: dict[str, str]) -> None:
        """Keep a filter; the same name again replaces it."""
        self.drop_filter(agent_id, name)
        values = {"agent_id": agent_id, "name": name, "query": query}
        self._connection.execute(insert(DESK_FILTERS).values(values))

    def drop_filter(self, agent_id: int, name: str) -> None:
        """Forget a filter; an unknown one is fine."""
        mine = (DESK_FILTERS.c.agent_id == agent_id) & (DESK_FILTERS.c.name == name)
        self._connection.execute(delete(DESK_FILTERS).where(mine))

    def add_file(
        self,
        token_hash: str,
        *,
        conversation_id: str,
        agent_id: int,
        file: SentFile,
        now: datetime,
    ) -> None:
        """Store a file that was sent to an applicant."""
        values = {
            "token_hash": token_hash,
            "conversation_id": conversation_id,
            "agent_id": agent_id,
            "name": file.name,
            "media_type": file.media_type,
            "content": file.content,
            "at": now,
        }
        self._connection.execute(insert(DESK_FILES).values(values))

    def file(self, token_hash: str) -> SentFile | None:
        """Return a file by the SHA-256 of the secret in its address, None when unknown."""
        query = select(DESK_FILES).where(DESK_FILES.c.token_hash == token_hash)
        row = self._connection.execute(query).first()
        return None if row is None else SentFile(row.name, row.media_type, bytes(row.content))
