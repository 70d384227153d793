"""How a conversation is opened, and a message written into one that is locked."""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.domain.conversations import Author, Conversation, Hold, Inbound
from bot.store import conversation_statements as statements
from bot.store.straight import rows_of


def add_conversation(
    connection: Connection,
    conversation: Conversation,
    *,
    token_hash: str | None = None,
    external_id: str | None = None,
) -> bool:
    """Store a new conversation; False when the person has one on this channel already."""
    values = {
        "id": conversation.id,
        "channel": conversation.channel,
        "external_id": external_id,
        "token_hash": token_hash,
        "owner": conversation.owner.value,
        "agent_id": conversation.agent_id,
        "waiting_since": conversation.waiting_since,
        "handoff_reason": conversation.handoff_reason,
        "fields": dict(conversation.fields),
        "created_at": conversation.created_at,
        "updated_at": conversation.updated_at,
    }
    added = connection.execute(statements.ADD_UNLESS_THERE[connection.dialect.name], values)
    return bool(added.rowcount)


def add_heard(
    connection: Connection, inbound: Inbound, *, now: datetime, hold: Hold | None, is_opened: bool
) -> tuple[int, bool] | None:
    """Write a message, and claim it with a hold when nothing comes before it.

    Returns:
        Its id, and whether it is claimed; None when it was stored before.
    """
    values = {
        "this": inbound.conversation_id,
        "sent_as": inbound.external_id,
        "now": now,
        "text": inbound.text,
        "payload": inbound.payload,
        "attachments": files_of(inbound),
    }
    add = _add_at_once if connection.dialect.name == "postgresql" else _add_in_two
    if hold is not None:
        claim = {"lease": hold.lease, "seen": hold.seen.value, "until": hold.until}
        added = add(connection, statements.HOLD_FOR_NEW, values | claim, is_begun=True)
        if added is not None:
            return added, True
    if is_opened:  # it has the time already, and holds nothing
        return _add_line(connection, values, is_begun=False), False
    added = add(connection, statements.TOUCH_FOR_NEW, values, is_begun=False)
    return None if added is None else (added, False)


def files_of(inbound: Inbound) -> list[list[str]]:
    """Return what a message brings along, as it is written."""
    return [[item.title, item.url, item.media_type] for item in inbound.attachments]


def _add_at_once(
    connection: Connection, _change: Any, values: dict[str, Any], *, is_begun: bool
) -> int | None:
    """Change the conversation and write the line with one journey to PostgreSQL."""
    both = statements.ADD_HELD if is_begun else statements.ADD_TOUCHED
    added = rows_of(connection, both, values)
    return int(added[0].id) if added else None


def _add_in_two(
    connection: Connection, change: Any, values: dict[str, Any], *, is_begun: bool
) -> int | None:
    """Do the same where a statement cannot hold another one that writes."""
    wanted = {name: values[name] for name in values if name not in _OF_LINE}
    if connection.execute(change, wanted).rowcount != 1:
        return None
    return _add_line(connection, values, is_begun=is_begun)


_OF_LINE = frozenset({"text", "payload", "attachments"})


def _add_line(connection: Connection, values: dict[str, Any], *, is_begun: bool) -> int:
    line = {
        "conversation_id": values["this"],
        "author": Author.APPLICANT.value,
        "external_id": values["sent_as"],
        "buttons": [],
        "created_at": values["now"],
        "next_attempt_at": values["now"],
        # counted before the turn, as a claim does
        "attempts": int(is_begun),
        **{name: values[name] for name in _OF_LINE},
    }
    return int(connection.execute(statements.ADD_LINE, line).inserted_primary_key[0])
