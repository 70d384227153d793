"""What an agent may see: the own conversations and whole transcripts; reads are audited."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.conversations import (
    Attachment,
    Conversation,
    Message,
    Owner,
    UnknownConversation,
)
from bot.domain.desk_work import Note, Thread
from bot.domain.handovers import RECENT, Held
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.services.desk.handover import serving
from bot.services.ports import OpenUnitOfWork, UnitOfWork

PAGE_LENGTH = 100
"""Messages of a transcript that are read at once."""

NO_THREAD = Thread("")


@dataclass(frozen=True)
class Transcript:
    """What an agent sees of one conversation.

    Attributes:
        messages: Oldest first; the newest `PAGE_LENGTH` unless asked otherwise.
        has_earlier: True when older messages exist.
        holder: Who holds it now, None under any other owner.
        is_mine: True when the reader holds it.
        names: Names of the agents who wrote any of `messages` and `notes`, by id.
        notes: What colleagues wrote to each other; for the desk only.
        undelivered: Ids of `messages` that never reached the applicant.
        held: Ids of those that go out when the applicant writes again.
        elsewhere: The person's other conversations, whose lines are among `messages`, to channel.
    """

    conversation: Conversation
    messages: tuple[Message, ...]
    has_earlier: bool
    holder: Agent | None
    is_mine: bool
    names: Mapping[int, str]
    notes: tuple[Note, ...] = ()
    thread: Thread = NO_THREAD
    undelivered: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def my_conversations(unit_of_work: OpenUnitOfWork, *, agent_id: int, now: datetime) -> list[Held]:
    """Return what the agent holds, then what was let go in the last day, newest first."""
    with unit_of_work() as unit:
        serving(unit, agent_id)
        return unit.desk.held(agent_id, since=now - RECENT)


def is_available(unit_of_work: OpenUnitOfWork, *, agent_id: int) -> bool:
    """Tell whether the agent chose to take conversations (在线)."""
    with unit_of_work() as unit:
        presence = unit.people.presence(agent_id)
    return presence is not None and presence.is_available


def read(
    unit_of_work: OpenUnitOfWork,
    *,
    reading: OpenUnitOfWork | None = None,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    before: int | None = None,
    after: int = 0,
) -> Transcript:
    """Return a conversation to an agent who may see it, and note in the audit log who read it.

    An agent sees the queue, the own conversations and those let go in the last day; supervisors
    see all. What comes in while the holder has the conversation open (`after`) is part of the
    reading that was noted when it was opened.

    Args:
        unit_of_work: Opens the transaction that notes it.
        reading: Opens the one before it, which only reads; None for `unit_of_work`.
        conversation_id: Which one.
        agent_id: Who reads.
        now: Aware, UTC.
        before: Only messages with a smaller id.
        after: Only messages with a greater id.

    Raises:
        UnknownConversation: No such conversation.
        NotAllowed: Not for this agent; the attempt is in the audit trail.
    """
    with (reading or unit_of_work)() as unit:
        agent = serving(unit, agent_id)
        conversation = unit.conversations.get(conversation_id)
        is_allowed = may_read(unit, agent, conversation, now=now)
        transcript = _transcript(unit, agent, conversation, before=before, after=after)
    is_going_on = is_allowed and transcript.is_mine and after > 0
    if not is_going_on or transcript.notes or _unread(transcript):
        with unit_of_work() as unit:
            if not is_going_on:
                action = _look_of(agent, conversation) if is_allowed else "conversation_refused"
                unit.people.add_audit(AuditEntry(now, agent_id, action, conversation_id))
            if is_allowed:
                _look(unit, transcript, agent_id, now=now)
    if not is_allowed:  # only now: an exception inside would undo the entry
        raise NotAllowed
    return transcript


def _look_of(agent: Agent, conversation: Conversation) -> str:
    """Return what the audit log calls it; a silent view leaves no other trace."""
    is_others = conversation.agent_id not in {None, agent.id}
    is_silent = is_others or conversation.owner is Owner.BOT
    return "conversation_watched" if agent.oversees and is_silent else "conversation_read"


def find_attachment(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, agent_id: int, url: str, now: datetime
) -> Attachment:
    """Return what an applicant sent, to an agent who may read the conversation; audited.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which one.
        agent_id: Who asks.
        url: Address of the attachment in its line.
        now: Aware, UTC.

    Raises:
        UnknownConversation: No such conversation, or nothing in it has this address.
        NotAllowed: Not for this agent; the attempt is in the audit trail.
    """
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        conversation = unit.conversations.get(conversation_id)
        # a line of the person's other channel stands in the transcripts of all
        is_allowed = any(may_read(unit, agent, one, now=now) for one in _linked(unit, conversation))
        action = "file_read" if is_allowed else "file_refused"
        unit.people.add_audit(AuditEntry(now, agent_id, action, conversation_id))
        found = _attachment(unit, conversation_id, url) if is_allowed else None
    if not is_allowed:
        raise NotAllowed
    if found is None:
        raise UnknownConversation(conversation_id)
    return found


def _attachment(unit: UnitOfWork, conversation_id: str, url: str) -> Attachment | None:
    after = 0
    while lines := unit.conversations.messages(conversation_id, after=after):
        for line in lines:
            for item in line.attachments:
                if item.url == url:
                    return item
        after = lines[-1].id
    return None


def _look(unit: UnitOfWork, transcript: Transcript, agent_id: int, *, now: datetime) -> None:
    """Note what has been seen: mentions, and by the holder the applicant's newest line."""
    conversation_id = transcript.conversation.id
    unit.desk_notes.see(conversation_id, agent_id, now=now)
    newest = _unread(transcript)
    if newest is not None:
        unit.desk_work.change_thread(conversation_id, agent_read_id=newest)


def _unread(transcript: Transcript) -> int | None:
    """Return the newest line that the holder had not seen yet, None without one."""
    newest = max((message.id for message in transcript.messages), default=0)
    return newest if transcript.is_mine and newest > transcript.thread.agent_read_id else None


def may_read(unit: UnitOfWork, agent: Agent, conversation: Conversation, *, now: datetime) -> bool:
    """Tell whether an agent may see a conversation.

    The queue, what the agent holds or let go in the last day, where a colleague mentioned the
    agent; those who oversee see all.
    """
    return (
        agent.oversees
        or conversation.owner is Owner.WAITING
        or conversation.agent_id == agent.id
        or unit.desk.has_held(conversation.id, agent.id, since=now - RECENT)
        or unit.desk_lists.is_mentioned(agent.id, conversation.id)
    )


def _transcript(
    unit: UnitOfWork, agent: Agent, conversation: Conversation, *, before: int | None, after: int
) -> Transcript:
    found = unit.desk.page(conversation.id, before=before, after=after, limit=PAGE_LENGTH + 1)
    holder = None
    if conversation.agent_id is not None:
        holder = unit.people.agent(conversation.agent_id)
    messages = tuple(found[-PAGE_LENGTH:])
    notes = tuple(unit.desk_notes.of_conversation(conversation.id))
    writers = {message.agent_id for message in messages if message.agent_id is not None}
    writers |= {note.agent_id for note in notes}
    return Transcript(
        conversation=conversation,
        messages=messages,
        has_earlier=len(found) > PAGE_LENGTH,
        holder=holder,
        is_mine=holder is not None and holder.id == agent.id,
        names={writer: unit.people.agent(writer).name for writer in writers},
        notes=notes,
        thread=unit.desk_work.thread(conversation.id),
        undelivered=unit.deliveries.failed_among([message.id for message in messages]),
        held=unit.deliveries.held_among([message.id for message in messages]),
        elsewhere={one.id: one.channel for one in _linked(unit, conversation)[1:]},
    )


def _linked(unit: UnitOfWork, conversation: Conversation) -> tuple[Conversation, ...]:
    """Return the conversation and those that are the same person's."""
    others = unit.links.of(conversation.id)[1:]
    return (conversation, *(unit.conversations.get(one) for one in others))
