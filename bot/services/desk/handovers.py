"""Between bot and person: claim, speak, hand back, close. What the desk calls.

After each of these commit, the caller wakes the topics of `bot.hub.wakeups`.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from bot.domain.conversations import (
    Accepted,
    Author,
    Conversation,
    Message,
    Owner,
    OwnerChanged,
    Reply,
)
from bot.domain.payloads import HAND_BACK, clean_text
from bot.services.ports import OpenUnitOfWork, UnitOfWork


def claim_conversation(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    seen: Owner = Owner.WAITING,
    told: Reply | None = None,
) -> Conversation:
    """Give a conversation to an agent; of two in the same second one wins.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which.
        agent_id: Who takes it.
        now: The time.
        seen: The owner the agent saw: `WAITING`, or `BOT` to step in unasked.
        told: Line for the applicant, said in the same transaction.

    Raises:
        OwnerChanged: Somebody else was first, or the applicant gave up.
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        unit.conversations.get(conversation_id)
        unit.conversations.change_owner(
            conversation_id, seen=seen, to=Owner.AGENT, agent_id=agent_id, now=now
        )
        _say(unit, conversation_id, told, now)
        return unit.conversations.get(conversation_id)


def say_as_agent(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, agent_id: int, text: str, now: datetime
) -> Message:
    """Send an agent's line.

    Raises:
        EmptyMessage: There is nothing in it.
        OwnerChanged: The conversation is no longer this agent's.
        TextTooLong: It has more than `MAX_TEXT_LENGTH` characters.
        UnknownConversation: There is no such conversation.
    """
    line = Reply(text=clean_text(text), author=Author.AGENT)
    with unit_of_work() as unit:
        message = unit.conversations.add_message(conversation_id, line, now=now, agent_id=agent_id)
        _check_holder(unit, conversation_id, agent_id)
        return message


def say_as_system(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, reply: Reply, now: datetime
) -> Message:
    """Append a notice to the transcript; raises `UnknownConversation`."""
    with unit_of_work() as unit:
        return unit.conversations.add_message(conversation_id, reply, now=now)


def store_fields(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    fields: Mapping[str, object],
) -> Conversation:
    """Merge what the agent filled in into the known answers.

    Raises:
        OwnerChanged: The conversation is no longer this agent's.
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        known = _check_holder(unit, conversation_id, agent_id)
        unit.conversations.set_fields(conversation_id, {**known.fields, **fields})
        return unit.conversations.get(conversation_id)


def hand_back(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    fields: Mapping[str, object],
    now: datetime,
    told: Reply | None = None,
) -> Accepted:
    """Give the conversation back to the bot, which repeats its open question.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which.
        agent_id: Who gives it back.
        fields: Slot name to value, only those the agent filled in; they become slot events.
        now: The time.
        told: Line for the applicant, said in the same transaction.

    Raises:
        OwnerChanged: The conversation is no longer this agent's.
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        known = _check_holder(unit, conversation_id, agent_id)
        unit.conversations.change_owner(conversation_id, seen=Owner.AGENT, to=Owner.BOT, now=now)
        unit.conversations.set_fields(conversation_id, {**known.fields, **fields})
        _say(unit, conversation_id, told, now)
        return unit.conversations.add_inbound(
            conversation_id,
            author=Author.SYSTEM,
            text=json.dumps(dict(fields), ensure_ascii=False),
            payload=HAND_BACK,
            external_id=None,
            now=now,
        )


def give_up_conversation(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    to: Owner,
    now: datetime,
    told: Reply | None = None,
) -> None:
    """Put an agent's conversation back into the queue (`WAITING`) or close it (`CLOSED`).

    Raises:
        OwnerChanged: The conversation is no longer this agent's.
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        _check_holder(unit, conversation_id, agent_id)
        unit.conversations.change_owner(conversation_id, seen=Owner.AGENT, to=to, now=now)
        _say(unit, conversation_id, told, now)


def list_queue(unit_of_work: OpenUnitOfWork) -> tuple[Conversation, ...]:
    """Return who waits for a person, the longest waiting first."""
    with unit_of_work() as unit:
        return unit.conversations.list_by_owner(Owner.WAITING)


def list_held(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> tuple[Conversation, ...]:
    """Return the conversations that an agent holds."""
    with unit_of_work() as unit:
        return unit.conversations.list_by_owner(Owner.AGENT, agent_id=agent_id)


def _check_holder(unit: UnitOfWork, conversation_id: str, agent_id: int) -> Conversation:
    conversation = unit.conversations.get(conversation_id)
    if conversation.owner is not Owner.AGENT or conversation.agent_id != agent_id:
        raise OwnerChanged(conversation_id)
    return conversation


def _say(unit: UnitOfWork, conversation_id: str, told: Reply | None, now: datetime) -> None:
    if told is not None:
        unit.conversations.add_message(conversation_id, told, now=now)
