"""Rows of conversations and messages, turned into what the domain knows."""

from typing import Any

from sqlalchemy import and_, not_
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Attachment, Author, Button, Conversation, Message, Owner
from bot.store.tables.conversations import MESSAGES


def is_pending(table: Any = MESSAGES) -> "ColumnElement[Any]":
    """Return the condition of a message that still waits for its turn."""
    return and_(table.c.handled_at.is_(None), table.c.next_attempt_at.is_not(None))


def message_of(row: Any) -> Message:
    """Return the message in a row of `MESSAGES`."""
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        author=Author(row.author),
        text=row.text,
        created_at=row.created_at,
        payload=row.payload,
        buttons=tuple(Button(*item) for item in row.buttons),
        attachments=tuple(Attachment(*item) for item in row.attachments),
        agent_id=row.agent_id,
    )


def is_visible() -> "ColumnElement[Any]":
    """Return the condition of a line that transcripts show; see `Message.is_internal`."""
    return not_(and_(MESSAGES.c.author == Author.SYSTEM.value, MESSAGES.c.payload.is_not(None)))


def is_by(author: Author, table: Any = MESSAGES) -> "ColumnElement[Any]":
    """Return the condition of an author, for lines that are found by their conversation.

    Written so that no index on the author fits: there are few authors, and SQLite without
    statistics would walk all lines of one instead of a conversation's few.
    """
    return table.c.author.concat("") == author.value  # type: ignore[no-any-return]


def conversation_of(row: Any) -> Conversation:
    """Return the conversation in a row of `CONVERSATIONS`."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        owner=Owner(row.owner),
        created_at=row.created_at,
        updated_at=row.updated_at,
        agent_id=row.agent_id,
        waiting_since=row.waiting_since,
        handoff_reason=row.handoff_reason,
        fields=row.fields,
        unreachable_since=row.unreachable_at,
    )
