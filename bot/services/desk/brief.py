"""The brief on top of a conversation: what an agent must know before the first word."""

import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.bookings import BookingState
from bot.domain.conversations import Author, Conversation, Message
from bot.domain.desk_work import PastStep
from bot.domain.people import NotAllowed
from bot.services.desk.handover import serving
from bot.services.desk.reading import may_read
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.reading.wording import normalise

LOOKED_BACK = 200
TRIED = 3
HISTORY = 10
MAX_CASES = 5


class Origin(enum.Enum):
    """How an answer came about: how far it may be relied on."""

    AGENT = "agent"  # a colleague filled it in
    SAID = "said"  # the applicant's own words hold it
    PRESSED = "pressed"  # the applicant pressed it
    UNDERSTOOD = "understood"  # the bot took it from the words: to be checked


@dataclass(frozen=True)
class Exchange:
    """What the applicant said and what the bot made of it."""

    said: str
    answer: str


@dataclass(frozen=True)
class Promise:
    """A date that somebody was given.

    Attributes:
        kind: "booking", "whistle_report", "whistle_answer" or "case".
        at: Aware, UTC; None when the day is not known yet.
        is_overdue: It has passed and is still open.
    """

    kind: str
    number: str
    at: datetime | None
    is_overdue: bool


@dataclass(frozen=True)
class Brief:
    """What an agent must know at once.

    Attributes:
        matter_id: Of the matter that was spoken of, "" for none.
        journey: Machine word of the open journey, "" for none.
        question: What the bot asked last and got no answer to.
        tried: The last exchanges before the hand-over, oldest first.
        promises: Dates given in this conversation, the next first.
        history: Earlier steps at the desk, newest first.
        names: Of the people in `history`.
        has_plan: There is a plan that can be sent.
    """

    matter_id: str = ""
    journey: str = ""
    question: str = ""
    tried: tuple[Exchange, ...] = ()
    promises: tuple[Promise, ...] = ()
    history: tuple[PastStep, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    has_plan: bool = False


def brief_of(
    unit_of_work: OpenUnitOfWork, *, conversation_id: str, agent_id: int, now: datetime
) -> Brief:
    """Return the brief of a conversation.

    Raises:
        UnknownConversation: No such conversation.
        NotAllowed: Not for this agent.
    """
    with unit_of_work() as unit:
        agent = serving(unit, agent_id)
        conversation = unit.conversations.get(conversation_id)
        if not may_read(unit, agent, conversation, now=now):
            raise NotAllowed
        messages = unit.desk.page(conversation_id, before=None, after=0, limit=LOOKED_BACK)
        history = tuple(unit.desk_lists.history(conversation_id)[:HISTORY])
        people = {one.agent_id for one in history}
        people |= {one.to_agent_id for one in history if one.to_agent_id is not None}
        return Brief(
            matter_id=_text(conversation, "matter_id"),
            journey=_text(conversation, "journey"),
            question=open_question(messages),
            tried=exchanges(messages),
            promises=_promises(unit, conversation_id, now),
            history=history,
            names={one: unit.people.agent(one).name for one in people},
            has_plan=unit.plans.latest(conversation_id, None) is not None,
        )


def open_question(messages: Sequence[Message]) -> str:
    """Return the bot's last question, "" when the last thing it asked was answered for good."""
    for message in reversed(messages):
        if message.author is Author.BOT and (
            message.text.rstrip().endswith(("？", "?")) or message.buttons
        ):
            return message.text
    return ""


def exchanges(messages: Sequence[Message]) -> tuple[Exchange, ...]:
    """Return the last things the applicant said to the bot, with its first answer to each."""
    found: list[Exchange] = []
    said = ""
    for message in messages:
        if message.author is Author.APPLICANT:
            said = message.text or said
        elif message.author is Author.BOT and said:
            found.append(Exchange(said, message.text))
            said = ""
    return tuple(found[-TRIED:])


@dataclass(frozen=True)
class Sources:
    """What the applicant typed (as one normalised text) and pressed, and what agents filled in."""

    typed: str = ""
    pressed: tuple[str, ...] = ()
    by_agents: frozenset[str] = frozenset()

    def origin(self, slot: str, stored: object, shown: str) -> Origin:
        """Return how this answer came about."""
        if slot in self.by_agents:
            return Origin.AGENT
        needle = json.dumps(stored, ensure_ascii=False)
        if any(needle in payload or shown == payload for payload in self.pressed):
            return Origin.PRESSED
        word = normalise(shown)
        return Origin.SAID if word and word in self.typed else Origin.UNDERSTOOD


def sources_of(unit_of_work: OpenUnitOfWork, conversation_id: str) -> Sources:
    """Return where the answers of a conversation may come from."""
    with unit_of_work() as unit:
        messages = unit.desk.page(conversation_id, before=None, after=0, limit=LOOKED_BACK)
        filled = unit.desk_lists.filled_by_agents(conversation_id)
    own = [message for message in messages if message.author is Author.APPLICANT]
    typed = [message.text for message in own if message.payload is None]
    pressed = [part for one in own if one.payload for part in (one.payload, one.text)]
    return Sources(normalise(" ".join(typed)), tuple(pressed), frozenset(filled))


def _promises(unit: UnitOfWork, conversation_id: str, now: datetime) -> tuple[Promise, ...]:
    found = [
        Promise("booking", one.number, one.starts_at, is_overdue=False)
        for one in unit.bookings.of_conversation(conversation_id)
        if one.state in {BookingState.BOOKED, BookingState.CHANGED} and one.ends_at > now
    ]
    for ticket in unit.tickets.of_conversation(conversation_id):
        if ticket.is_report_in_overdue(now) or ticket.report_in_due.at > now:
            overdue = ticket.is_report_in_overdue(now)
            found.append(Promise("whistle_report", ticket.number, ticket.report_in_due.at, overdue))
        if ticket.is_answer_overdue(now) or ticket.answer_due.at > now:
            overdue = ticket.is_answer_overdue(now)
            found.append(Promise("whistle_answer", ticket.number, ticket.answer_due.at, overdue))
    cases = unit.cases.granted_numbers(conversation_id)[:MAX_CASES]
    found += [Promise("case", number, None, is_overdue=False) for number in cases]
    return tuple(sorted(found, key=lambda one: (one.at is None, one.at or now)))


def _text(conversation: Conversation, slot: str) -> str:
    value = conversation.fields.get(slot)
    return value if isinstance(value, str) else ""
