"""The repository of linked conversations and link codes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversations import Author
from bot.store.inserts import insert_if_absent
from bot.store.tables.conversations import MESSAGES
from bot.store.tables.links import LINK_CODES, PERSON_LINKS


class LinkRepository:
    """Links on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, conversation_id: str) -> tuple[str, ...]:
        """Return the person's conversations, this one first; only this one when not linked."""
        mine = PERSON_LINKS.alias("mine")
        query = (
            select(PERSON_LINKS.c.conversation_id)
            .join(mine, mine.c.person_id == PERSON_LINKS.c.person_id)
            .where(
                mine.c.conversation_id == conversation_id,
                PERSON_LINKS.c.conversation_id != conversation_id,
            )
            .order_by(PERSON_LINKS.c.linked_at, PERSON_LINKS.c.conversation_id)
        )
        return (conversation_id, *self._connection.execute(query).scalars())

    def used_last(self, conversation_id: str) -> str:
        """Return the one of the person's conversations in which the person spoke last."""
        conversations = self.of(conversation_id)
        if len(conversations) == 1:
            return conversation_id
        query = (
            select(MESSAGES.c.conversation_id)
            .where(
                MESSAGES.c.conversation_id.in_(conversations),
                MESSAGES.c.author == Author.APPLICANT.value,
            )
            .group_by(MESSAGES.c.conversation_id)
            .order_by(func.max(MESSAGES.c.id).desc())
            .limit(1)
        )
        return str(self._connection.execute(query).scalar() or conversation_id)

    def join(self, conversations: Sequence[str], person_id: str, now: datetime) -> None:
        """Make these conversations one person's, whatever they were before."""
        self._connection.execute(
            delete(PERSON_LINKS).where(PERSON_LINKS.c.conversation_id.in_(conversations))
        )
        rows = [
            {"conversation_id": one, "person_id": person_id, "linked_at": now}
            for one in conversations
        ]
        self._connection.execute(insert(PERSON_LINKS), rows)

    def leave(self, conversation_id: str) -> bool:
        """Take a conversation out; False when it was not linked. Nobody stays linked alone."""
        others = self.of(conversation_id)[1:]
        gone = [conversation_id, *(others if len(others) == 1 else ())]
        left = self._connection.execute(
            delete(PERSON_LINKS).where(PERSON_LINKS.c.conversation_id.in_(gone))
        )
        return bool(left.rowcount)

    def offer(self, conversation_id: str, code_hash: str, expires_at: datetime) -> bool:
        """Keep a code in the place of an earlier one; False when another conversation has it."""
        self._connection.execute(
            delete(LINK_CODES).where(LINK_CODES.c.conversation_id == conversation_id)
        )
        row = {
            "conversation_id": conversation_id,
            "code_hash": code_hash,
            "expires_at": expires_at,
        }
        return insert_if_absent(self._connection, LINK_CODES, row)

    def claim(self, code_hash: str, claimed_by: str, now: datetime) -> str | None:
        """Note who sent a code; returns the conversation that showed it.

        None for an unknown, expired or taken code, and for one's own. Sent again by the same
        conversation it is the same claim.
        """
        columns = LINK_CODES.c
        is_good = (
            columns.code_hash == code_hash,
            columns.expires_at > now,
            columns.conversation_id != claimed_by,
            columns.claimed_by.is_(None) | (columns.claimed_by == claimed_by),
        )
        claimed = self._connection.execute(
            update(LINK_CODES).where(*is_good).values(claimed_by=claimed_by)
        )
        if claimed.rowcount != 1:
            return None
        query = select(columns.conversation_id).where(columns.code_hash == code_hash)
        return str(self._connection.execute(query).scalar_one())

    def use(self, conversation_id: str, now: datetime) -> str | None:
        """Take out the code that this conversation showed; returns who sent it, None for nobody."""
        columns = LINK_CODES.c
        query = select(columns.claimed_by).where(
            columns.conversation_id == conversation_id,
            columns.expires_at > now,
            columns.claimed_by.is_not(None),
        )
        claimed_by = self._connection.execute(query).scalar()
        used = self._connection.execute(
            delete(LINK_CODES).where(columns.conversation_id == conversation_id)
        )
        return str(claimed_by) if claimed_by and used.rowcount == 1 else None

    def forget(self, conversation_id: str) -> None:
        """Take out everything of a conversation that is about to be deleted."""
        self.leave(conversation_id)
        columns = LINK_CODES.c
        mine = (columns.conversation_id == conversation_id) | (
            columns.claimed_by == conversation_id
        )
        self._connection.execute(delete(LINK_CODES).where(mine))
