"""What supervisors do with conversations of others: give them to somebody, take the bot's."""

from datetime import datetime

from bot.domain.conversations import Author, Conversation, Owner, Reply
from bot.domain.desk_errors import NotPresent, UnknownColleague, check_reason
from bot.domain.handovers import DeskTexts, NotYours, Step
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, AuditEntry, NotAllowed
from bot.services.desk.handover import serving
from bot.services.ports import OpenUnitOfWork, UnitOfWork


def reassign(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    to_agent_id: int,
    reason: str,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """Give a conversation that waits, or that somebody else holds, to a colleague who is there.

    Raises:
        NotAllowed: The role does not oversee others.
        NotYours: It changed hands in this second, or the bot has it.
        NotPresent: The colleague is away; carries the name.
        UnknownColleague: Nobody of this id serves, or holds it already.
        BadReason: The reason is missing or too long.
    """
    reason = check_reason(reason)
    with unit_of_work() as unit:
        _overseer(unit, agent_id)
        conversation = unit.conversations.get(conversation_id)
        people = unit.desk_work.colleagues(since=now - HEARTBEAT_TIMEOUT)
        found = {one.id: one for one in people}.get(to_agent_id)
        if found is None or found.id == conversation.agent_id:
            raise UnknownColleague
        if not found.is_present:
            raise NotPresent(found.name)
        told = _give(unit, conversation, to=found.id, reason=reason, now=now)
        unit.desk_work.settle(conversation_id)
        action = AuditEntry(now, agent_id, "conversation_reassigned", conversation_id)
        unit.people.add_audit(action)
        text = texts.joined if told is None else texts.transferred
        _say(unit, conversation_id, text.format(name=told or found.name, to=found.name), now)


def take_from_bot(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """Let a supervisor step into a conversation of the bot; a turn in progress says nothing more.

    Raises:
        NotAllowed: The role does not oversee others.
        NotYours: The bot does not have it (any more).
    """
    with unit_of_work() as unit:
        agent = _overseer(unit, agent_id)
        if not unit.desk_work.take_from_bot(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        unit.desk_work.settle(conversation_id)
        unit.desk.note(conversation_id, agent_id, Step.STEPPED_IN, now=now)
        action = AuditEntry(now, agent_id, "conversation_stepped_in", conversation_id)
        unit.people.add_audit(action)
        _say(unit, conversation_id, texts.joined.format(name=agent.name), now)


def _give(
    unit: UnitOfWork, conversation: Conversation, *, to: int, reason: str, now: datetime
) -> str | None:
    """Move it and note who did; returns the name of who had it, None out of the queue."""
    if conversation.owner is Owner.WAITING:
        if not unit.desk.claim(conversation.id, to, now=now):
            raise NotYours(conversation.id)
        unit.desk.note(conversation.id, to, Step.CLAIMED, now=now, reason=reason)
        return None
    seen = conversation.agent_id
    if seen is None or not unit.desk_work.hand_over(conversation.id, seen=seen, to=to, now=now):
        raise NotYours(conversation.id)
    unit.desk.note(conversation.id, seen, Step.TRANSFERRED, now=now, reason=reason, to_agent_id=to)
    return unit.people.agent(seen).name


def _overseer(unit: UnitOfWork, agent_id: int) -> Agent:
    agent = serving(unit, agent_id)
    if not agent.oversees:
        raise NotAllowed
    return agent


def _say(unit: UnitOfWork, conversation_id: str, text: str, now: datetime) -> None:
    line = Reply(text=text, author=Author.SYSTEM)
    unit.conversations.add_message(conversation_id, line, now=now)
