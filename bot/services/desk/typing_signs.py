"""Signs between an applicant's page and the desk: who types, what was read."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversations import Owner
from bot.domain.desk_work import TYPING_LASTS, Thread
from bot.services.ports import OpenUnitOfWork


@dataclass(frozen=True)
class Signs:
    """What the applicant's page shows of the person on the other side.

    Attributes:
        is_typing: The agent is typing.
        read_id: The newest message that the agent has seen, 0 for none.
    """

    is_typing: bool = False
    read_id: int = 0


def note_agent_typing(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, agent_id: int, now: datetime
) -> None:
    """Note that the agent who holds a conversation types; others are not heeded.

    Raises:
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        if unit.conversations.get(conversation_id).agent_id == agent_id:
            unit.desk_work.change_thread(conversation_id, agent_typing_at=now)


def note_applicant(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    is_typing: bool,
    read_id: int,
    now: datetime,
) -> bool:
    """Note what the applicant's page reports, while a person serves.

    Returns:
        True when an agent has the conversation, so that somebody is to be woken.
    """
    with unit_of_work() as unit:
        if unit.conversations.get(conversation_id).owner is not Owner.AGENT:
            return False
        known = unit.desk_work.thread(conversation_id)
        unit.desk_work.change_thread(
            conversation_id,
            applicant_typing_at=now if is_typing else None,
            applicant_read_id=max(known.applicant_read_id, read_id),
        )
    return True


def signs_in(thread: Thread, now: datetime) -> Signs:
    """Return what the agent does in a conversation now."""
    typed_at = thread.agent_typing_at
    is_typing = typed_at is not None and now - typed_at < TYPING_LASTS
    return Signs(is_typing, thread.agent_read_id)
