"""Telling a person something unasked: on the channel used last, if there still is one."""

from datetime import datetime

from bot.domain.conversations import Reply, UnknownConversation
from bot.services.ports import UnitOfWork


def tell(unit: UnitOfWork, conversation_id: str, reply: Reply, now: datetime) -> bool:
    """Say a line where the person spoke last, within the caller's transaction.

    Returns:
        False when there is no such conversation, as after a deletion.
    """
    try:
        unit.conversations.get(conversation_id)
    except UnknownConversation:
        return False
    unit.conversations.add_message(unit.links.used_last(conversation_id), reply, now=now)
    return True
