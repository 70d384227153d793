"""What the statements that end a turn are given."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.conversations import Turn


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
