"""What the statements that end a turn are given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.conversations import Reply, Turn


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
