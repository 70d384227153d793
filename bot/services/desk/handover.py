"""People take conversations over from the bot, answer in them and give them back."""

from contextlib import nullcontext
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import Author, Conversation, Owner, Reply
from bot.domain.desk_errors import PersonalNumbers
from bot.domain.handovers import (
    AlreadyClaimed,
    Available,
    BadField,
    Closed,
    DeskTexts,
    DeskVocabulary,
    NobodyOnline,
    NotWaiting,
    NotYours,
    Step,
    Waiting,
)
from bot.domain.payloads import clean_text
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, AuditEntry, NotAllowed
from bot.services.desk import handovers
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.personal_numbers import has_numbers

QUEUE_LIMIT = 200


class OfficeHours(Protocol):
    """When the help desk is open."""

    def is_open(self, now: datetime) -> bool:
        """Tell whether `now` (aware, UTC) is office time."""

    def opens_at(self, now: datetime) -> datetime | None:
        """Return the next opening after `now` (aware, UTC); None when the calendar ends."""


def availability(
    unit_of_work: OpenUnitOfWork, *, now: datetime, hours: OfficeHours
) -> Available | NobodyOnline | Closed:
    """Tell what may honestly be promised to somebody who asks for a person.

    Somebody at the desk after hours (延时服务) is as good as in office time.
    """
    with unit_of_work() as unit:
        if unit.people.count_online(since=now - HEARTBEAT_TIMEOUT):
            return Available(ahead=unit.desk.count_waiting())
    if hours.is_open(now):
        return NobodyOnline()
    return Closed(opens_at=hours.opens_at(now))


def queue(unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime) -> list[Waiting]:
    """Return who waits, longest first (at most `QUEUE_LIMIT`).

    Raises:
        NotAllowed: This role does not talk to applicants.
    """
    with unit_of_work() as unit:
        serving(unit, agent_id)
        return unit.desk.waiting(now=now, limit=QUEUE_LIMIT)


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
        agent = serving(unit, agent_id)
        if not unit.desk.claim(conversation_id, agent_id, now=now):
            conversation = unit.conversations.get(conversation_id)
            if conversation.agent_id == agent_id:
                return conversation
            if conversation.agent_id is not None:
                raise AlreadyClaimed(unit.people.agent(conversation.agent_id).name)
            raise NotWaiting(conversation_id)
        unit.desk_work.settle(conversation_id)
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
    is_sure: bool = True,
) -> int:
    """Send an agent's words to the applicant; returns the message's id.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which one.
        agent_id: Who writes.
        text: What is said; surrounding white space is dropped.
        client_id: Made by the page for each reply; the same one again sends nothing twice.
        now: Aware, UTC.
        is_sure: Whole numbers of persons in it are meant to be sent.

    Raises:
        NotYours: The agent does not hold this conversation.
        EmptyMessage: Nothing to say.
        PersonalNumbers: There is such a number, and the agent has not said that it is meant.
        TextTooLong: More than `MAX_TEXT_LENGTH` characters.
    """
    line = Reply(text=clean_text(text), author=Author.AGENT)
    if not is_sure and has_numbers(line.text):
        raise PersonalNumbers
    external_id = f"desk:{agent_id}:{client_id}"
    with unit_of_work() as unit:
        _hold(unit, conversation_id, agent_id, now=now)
        stored = unit.conversations.find_inbound(conversation_id, external_id)
        if stored is not None:
            return stored
        message = unit.conversations.add_message(conversation_id, line, now=now, agent_id=agent_id)
        unit.desk.name_message(message.id, external_id)
        unit.desk_work.change_thread(conversation_id, agent_typing_at=None)
        return message.id


def set_field(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    slot: str,
    value: str | None,
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
    fitted = field.fit(value)
    with unit_of_work() as unit:
        _hold(unit, conversation_id, agent_id, now=now)
        known = unit.conversations.get(conversation_id).fields
        unit.conversations.set_fields(conversation_id, {**known, slot: fitted})
        unit.desk.set_field(conversation_id, agent_id, slot=slot, value=fitted, now=now)
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
        unit.desk_work.settle(conversation_id)
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
    reason: str = "",
) -> None:
    """End the conversation; the applicant's next message opens it again with the bot.

    `reason` is for colleagues and stands in the history.

    Raises:
        NotYours: The agent does not hold this conversation.
    """
    with unit_of_work() as unit:
        if not unit.desk.release(conversation_id, agent_id, to=Owner.CLOSED, now=now):
            raise NotYours(conversation_id)
        unit.desk_work.settle(conversation_id)
        _note(unit, conversation_id, agent_id, Step.CLOSED, now=now, reason=reason)
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
            unit.desk_work.settle(lost.conversation_id)
            name = unit.people.agent(lost.agent_id).name
            _say(unit, lost.conversation_id, texts.lost.format(name=name), now=now)
            _note(unit, lost.conversation_id, lost.agent_id, Step.LOST, now=now)
            swept.append(lost.conversation_id)
    return swept


def serving(unit: UnitOfWork, agent_id: int) -> Agent:
    """Return the account if it talks to applicants; raises `NotAllowed` or `UnknownAgent`."""
    agent = unit.people.agent(agent_id)
    if not agent.serves:
        raise NotAllowed
    return agent


def _hold(unit: UnitOfWork, conversation_id: str, agent_id: int, *, now: datetime) -> None:
    if not unit.desk.hold(conversation_id, agent_id, now=now):
        raise NotYours(conversation_id)


def _release(
    unit: UnitOfWork, conversation_id: str, agent_id: int, *, to: Owner, step: Step, now: datetime
) -> None:
    if not unit.desk.release(conversation_id, agent_id, to=to, now=now):
        raise NotYours(conversation_id)
    unit.desk_work.settle(conversation_id)
    _note(unit, conversation_id, agent_id, step, now=now)


def _note(
    unit: UnitOfWork,
    conversation_id: str,
    agent_id: int,
    step: Step,
    *,
    now: datetime,
    reason: str = "",
) -> None:
    unit.desk.note(conversation_id, agent_id, step, now=now, reason=reason)
    unit.people.add_audit(AuditEntry(now, agent_id, f"conversation_{step.value}", conversation_id))


def _say(unit: UnitOfWork, conversation_id: str, text: str, *, now: datetime) -> None:
    line = Reply(text=text, author=Author.SYSTEM)
    unit.conversations.add_message(conversation_id, line, now=now)
