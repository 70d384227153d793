"""What the statements that end a turn are given."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.conversations import Message, Reply, Turn


def end_values(
    turn: Turn, *, now: datetime, is_saying: bool, fields: Mapping[str, object] | None
) -> dict[str, object]:
    """Return the values by which an answered turn is ended.

    Args:
        turn: Its lease is given back.
        now: The time.
        is_saying: There is an answer, so the conversation has changed.
        fields: The known answers, None to leave them.
    """
    return {
        "this": turn.message.conversation_id,
        "lease": turn.lease,
        "seen": turn.owner.value,
        "said_at": now if is_saying else None,
        "known": None if fields is None else dict(fields),
        "message": turn.message.id,
        "now": now,
    }


def line_values(
    conversation_id: str, reply: Reply, now: datetime, agent_id: int | None = None
) -> dict[str, Any]:
    """Return the values by which a line is added."""
    return {
        "conversation_id": conversation_id,
        "author": reply.author.value,
        "agent_id": agent_id,
        "text": reply.text,
        "buttons": [[button.title, button.payload] for button in reply.buttons],
        "attachments": [[item.title, item.url, item.media_type] for item in reply.attachments],
        "created_at": now,
    }


def lines_values(turn: Turn, replies: Sequence[Reply], now: datetime) -> dict[str, Any]:
    """Return the values of `ADD_LINES_IF_ENDED`."""
    conversation_id = turn.message.conversation_id
    values: dict[str, Any] = {"this": conversation_id, "after": turn.message.id}
    for number, reply in enumerate(replies):
        line = line_values(conversation_id, reply, now)
        values |= {f"{name}_{number}": value for name, value in line.items()}
    return values


def lines_of(
    rows: Sequence[Any], turn: Turn, replies: Sequence[Reply], now: datetime
) -> tuple[tuple[Message, ...], bool]:
    """Return what `ADD_LINES_IF_ENDED` has added, and whether nothing else had come since.

    Ids are given in the order of the lines; what is said comes after all that stood there before.
    """
    name = turn.message.conversation_id
    ids = sorted(row.id for row in rows)
    lines = tuple(line_of(number, name, one, now) for number, one in zip(ids, replies, strict=True))
    return lines, not any(row.has_later for row in rows)


def line_of(
    message_id: int, conversation_id: str, reply: Reply, now: datetime, agent_id: int | None = None
) -> Message:
    """Return a line as it was stored."""
    return Message(
        id=message_id,
        conversation_id=conversation_id,
        author=reply.author,
        text=reply.text,
        created_at=now,
        buttons=reply.buttons,
        attachments=reply.attachments,
        agent_id=agent_id,
    )
