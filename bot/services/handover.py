"""People take conversations over from the bot, answer in them and give them back."""

import math
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import Author, Conversation, Message, Owner, Reply
from bot.domain.handovers import (
    MAX_FIELD_LENGTH,
    RECENT,
    AlreadyClaimed,
    Available,
    BadField,
    Closed,
    DeskTexts,
    DeskVocabulary,
    FieldLabel,
    Held,
    NobodyOnline,
    NotWaiting,
    NotYours,
    Step,
    Waiting,
)
from bot.domain.payloads import clean_text
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, AuditEntry, NotAllowed
from bot.services import handovers
from bot.services.ports import OpenUnitOfWork, UnitOfWork

QUEUE_LIMIT = 200
PAGE_LENGTH = 100
"""Messages of a transcript that are read at once."""


class OfficeHours(Protocol):
    """When the help desk is open."""

    def is_open(self, now: datetime) -> bool:
        """Tell whether `now` (aware, UTC) is office time."""

    def opens_at(self, now: datetime) -> datetime | None:
        """Return the next opening after `now` (aware, UTC); None when the calendar ends."""


@dataclass(frozen=True)
class Transcript:
    """What an agent sees of one conversation.

    Attributes:
        messages: Oldest first; the newest `PAGE_LENGTH` unless asked otherwise.
        has_earlier: True when older messages exist.
        holder: Who holds it now, None under any other owner.
        is_mine: True when the reader holds it.
        names: Names of the agents who wrote any of `messages`, by id.
    """

    conversation: Conversation
    messages: tuple[Message, ...]
    has_earlier: bool
    holder: Agent | None
    is_mine: bool
    names: Mapping[int, str]


def availability(
    unit_of_work: OpenUnitOfWork, *, now: datetime, hours: OfficeHours
) -> Available | NobodyOnline | Closed:
    """Tell what may honestly be promised to somebody who asks for a person."""
    if not hours.is_open(now):
        return Closed(opens_at=hours.opens_at(now))
    with unit_of_work() as unit:
        if not unit.people.count_online(since=now - HEARTBEAT_TIMEOUT):
            return NobodyOnline()
        return Available(ahead=unit.desk.count_waiting())


def queue(unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime) -> list[Waiting]:
    """Return who waits, longest first (at most `QUEUE_LIMIT`).

    Raises:
        NotAllowed: This role does not talk to applicants.
    """
    with unit_of_work() as unit:
        _serving(unit, agent_id)
        return unit.desk.waiting(now=now, limit=QUEUE_LIMIT)


def my_conversations(unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime) -> list[Held]:
    """Return what the agent holds, then what was let go in the last day, newest first."""
    with unit_of_work() as unit:
        _serving(unit, agent_id)
        return unit.desk.held(agent_id, since=now - RECENT)


def is_available(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> bool:
    """Tell whether the agent chose to take conversations (在线)."""
    with unit_of_work() as unit:
        presence = unit.people.presence(agent_id)
    return presence is not None and presence.is_available


def read(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    before: int | None = None,
    after: int = 0,
) -> Transcript:
    """Return a conversation to an agent who may see it; every read leaves an audit entry.

    An agent sees the queue, the own conversations and those let go in the last day; supervisors
    see all.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which one.
        agent_id: Who reads.
        now: Aware, UTC.
        before: Only messages with a smaller id.
        after: Only messages with a greater id.

    Raises:
        UnknownConversation: No such conversation.
        NotAllowed: Not for this agent; the attempt is in the audit trail.
    """
    with unit_of_work() as unit:
        agent = _serving(unit, agent_id)
        conversation = unit.conversations.get(conversation_id)
        is_allowed = _may_read(unit, agent, conversation, now=now)
        action = "conversation_read" if is_allowed else "conversation_refused"
        unit.people.add_audit(AuditEntry(now, agent_id, action, conversation_id))
        transcript = _transcript(unit, agent, conversation, before=before, after=after)
    if not is_allowed:  # only now: an exception inside would undo the entry
        raise NotAllowed
    return transcript


def claim(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> Conversation:
    """Take a waiting conversation; of two agents in the same second one wins.

    Claiming what one holds already is harmless.

    Raises:
        AlreadyClaimed: Another agent was faster; carries the name.
        NotWaiting: It left the queue in another way.
        UnknownConversation: No such conversation.
        NotAllowed: This role does not talk to applicants.
    """
    with unit_of_work() as unit:
        agent = _serving(unit, agent_id)
        if not unit.desk.claim(conversation_id, agent_id, now=now):
            conversation = unit.conversations.get(conversation_id)
            if conversation.agent_id == agent_id:
                return conversation
            if conversation.agent_id is not None:
                raise AlreadyClaimed(unit.people.agent(conversation.agent_id).name)
            raise NotWaiting(conversation_id)
        unit.people.set_presence(agent_id, now=now)
        _say(unit, conversation_id, texts.joined.format(name=agent.name), now=now)
        _note(unit, conversation_id, agent_id, Step.CLAIMED, now=now)
        return unit.conversations.get(conversation_id)


def reply(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    text: str,
    client_id: str,
    now: datetime,
) -> int:
    """Send an agent's words to the applicant; returns the message's id.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which one.
        agent_id: Who writes.
        text: What is said; surrounding white space is dropped.
        client_id: Made by the page for each reply; the same one again sends nothing twice.
        now: Aware, UTC.

    Raises:
        NotYours: The agent does not hold this conversation.
        EmptyMessage: Nothing to say.
        TextTooLong: More than `MAX_TEXT_LENGTH` characters.
    """
    line = Reply(text=clean_text(text), author=Author.AGENT)
    external_id = f"desk:{agent_id}:{client_id}"
    with unit_of_work() as unit:
        _hold(unit, conversation_id, agent_id, now=now)
        stored = unit.conversations.find_inbound(conversation_id, external_id)
        if stored is not None:
            return stored
        message = unit.conversations.add_message(conversation_id, line, now=now, agent_id=agent_id)
        unit.desk.name_message(message.id, external_id)
        return message.id


def set_field(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    slot: str,
    value: str | bool | None,
    now: datetime,
    vocabulary: DeskVocabulary,
) -> None:
    """Fill in or correct an answer of the applicant; the bot learns of it at the hand-back.

    Raises:
        NotYours: The agent does not hold this conversation.
        BadField: The slot is not for people, or the value does not fit it.
    """
    field = vocabulary.fields.get(slot)
    if field is None:
        raise BadField(slot)
    cleaned = _fit(field, value)
    with unit_of_work() as unit:
        _hold(unit, conversation_id, agent_id, now=now)
        known = unit.conversations.get(conversation_id).fields
        unit.conversations.set_fields(conversation_id, {**known, slot: cleaned})
        unit.desk.set_field(conversation_id, agent_id, slot=slot, value=cleaned, now=now)
        unit.people.add_audit(AuditEntry(now, agent_id, "field_set", conversation_id))


def hand_back(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """Give the conversation back to the bot, which asks its open question again.

    What agents filled in since the last hand-back goes along as slot values.

    Raises:
        NotYours: The agent does not hold this conversation.
    """
    with unit_of_work() as unit:
        _hold(unit, conversation_id, agent_id, now=now)
        handovers.hand_back(
            lambda: nullcontext(unit),  # in this transaction
            conversation_id=conversation_id,
            agent_id=agent_id,
            fields=unit.desk.take_fields(conversation_id, now=now),
            now=now,
            told=Reply(text=texts.handed_back, author=Author.SYSTEM),
        )
        _note(unit, conversation_id, agent_id, Step.HANDED_BACK, now=now)


def return_to_queue(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """Put the conversation back to its old place in the queue, for a colleague.

    Raises:
        NotYours: The agent does not hold this conversation.
    """
    with unit_of_work() as unit:
        agent = unit.people.agent(agent_id)
        _release(unit, conversation_id, agent_id, to=Owner.WAITING, step=Step.RETURNED, now=now)
        _say(unit, conversation_id, texts.returned.format(name=agent.name), now=now)


def close(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> None:
    """End the conversation; the applicant's next message opens it again with the bot.

    Raises:
        NotYours: The agent does not hold this conversation.
    """
    with unit_of_work() as unit:
        _release(unit, conversation_id, agent_id, to=Owner.CLOSED, step=Step.CLOSED, now=now)
        _say(unit, conversation_id, texts.closed, now=now)


def sweep_lost_claims(
    unit_of_work: OpenUnitOfWork, *, now: datetime, texts: DeskTexts
) -> list[str]:
    """Return conversations of silent desks to the queue; called by the hub's clock.

    Two clocks at once are harmless: the row count of the release decides.

    Returns:
        Ids of the conversations that wait again.
    """
    with unit_of_work() as unit:
        stale = unit.desk.stale_claims(before=now - HEARTBEAT_TIMEOUT)
    swept = []
    for lost in stale:
        with unit_of_work() as unit:
            presence = unit.people.presence(lost.agent_id)
            if presence is not None and now - presence.heartbeat_at <= HEARTBEAT_TIMEOUT:
                continue  # heard of again since the list was made
            released = unit.desk.release(
                lost.conversation_id, lost.agent_id, to=Owner.WAITING, now=now
            )
            if not released:
                continue
            name = unit.people.agent(lost.agent_id).name
            _say(unit, lost.conversation_id, texts.lost.format(name=name), now=now)
            _note(unit, lost.conversation_id, lost.agent_id, Step.LOST, now=now)
            swept.append(lost.conversation_id)
    return swept


def _fit(field: FieldLabel, value: str | bool | None) -> str | bool | float | None:
    """Return the value as its slot wants it, None for an emptied field; raises `BadField`."""
    cleaned = value.strip() or None if isinstance(value, str) else value
    if cleaned is None:
        return None
    if (field.kind == "yes_no") != isinstance(cleaned, bool):
        raise BadField(field.slot)
    if isinstance(cleaned, bool):
        return cleaned
    if len(cleaned) > MAX_FIELD_LENGTH:
        raise BadField(field.slot)
    if field.kind == "choice" and cleaned not in field.choices:
        raise BadField(field.slot)
    return _number(field.slot, cleaned) if field.kind == "number" else cleaned


def _number(slot: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise BadField(slot) from error
    if not math.isfinite(number):
        raise BadField(slot)
    return int(number) if number.is_integer() else number


def _serving(unit: UnitOfWork, agent_id: int) -> Agent:
    agent = unit.people.agent(agent_id)
    if not agent.serves:
        raise NotAllowed
    return agent


def _may_read(unit: UnitOfWork, agent: Agent, conversation: Conversation, *, now: datetime) -> bool:
    return (
        agent.oversees
        or conversation.owner is Owner.WAITING
        or conversation.agent_id == agent.id
        or unit.desk.has_held(conversation.id, agent.id, since=now - RECENT)
    )


def _transcript(
    unit: UnitOfWork, agent: Agent, conversation: Conversation, *, before: int | None, after: int
) -> Transcript:
    found = unit.desk.page(conversation.id, before=before, after=after, limit=PAGE_LENGTH + 1)
    holder = None
    if conversation.agent_id is not None:
        holder = unit.people.agent(conversation.agent_id)
    messages = tuple(found[-PAGE_LENGTH:])
    writers = {message.agent_id for message in messages if message.agent_id is not None}
    return Transcript(
        conversation=conversation,
        messages=messages,
        has_earlier=len(found) > PAGE_LENGTH,
        holder=holder,
        is_mine=holder is not None and holder.id == agent.id,
        names={writer: unit.people.agent(writer).name for writer in writers},
    )


def _hold(unit: UnitOfWork, conversation_id: str, agent_id: int, *, now: datetime) -> None:
    if not unit.desk.hold(conversation_id, agent_id, now=now):
        raise NotYours(conversation_id)


def _release(
    unit: UnitOfWork, conversation_id: str, agent_id: int, *, to: Owner, step: Step, now: datetime
) -> None:
    if not unit.desk.release(conversation_id, agent_id, to=to, now=now):
        raise NotYours(conversation_id)
    _note(unit, conversation_id, agent_id, step, now=now)


def _note(
    unit: UnitOfWork, conversation_id: str, agent_id: int, step: Step, *, now: datetime
) -> None:
    unit.desk.note(conversation_id, agent_id, step, now=now)
    unit.people.add_audit(AuditEntry(now, agent_id, f"conversation_{step.value}", conversation_id))


def _say(unit: UnitOfWork, conversation_id: str, text: str, *, now: datetime) -> None:
    line = Reply(text=text, author=Author.SYSTEM)
    unit.conversations.add_message(conversation_id, line, now=now)
