"""A message of a conversation that a hub has just answered: one journey, if nothing has moved.

Whoever answered a conversation knows what the next message asks of it: whose it is and which
buttons were offered. Nothing of that is believed: the one statement that stores the message holds
only while the conversation stands as it was left, and gives what has to be known before an answer.
Where it does not hold, or cannot be known, the message is heard as any other (`hear`, `accept_in`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.conversations import (
    Accepted,
    Author,
    Button,
    Conversation,
    Heard,
    Hold,
    Inbound,
    Message,
    Owner,
    Said,
    Speaker,
    TranscriptPage,
    Turn,
    TurnOutcome,
)
from bot.domain.turn_looks import Looks
from bot.services.conversations.conversations import MAX_MESSAGES_PER_WINDOW, RATE_WINDOW, said_as
from bot.services.conversations.turns import Beginning, hold_for, is_only_said, turn_of


@dataclass(frozen=True)
class KnownTalk:
    """A conversation as a hub has left it.

    Attributes:
        conversation: As it stands in the store, as far as a message needs it.
        last_id: Of the last line.
        offers: Buttons said last.
    """

    conversation: Conversation
    last_id: int
    offers: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Condition:
    """While what a message may be stored and claimed at once.

    Attributes:
        speaker: Must open the conversation.
        left_at: When the conversation was changed last.
        since: From when on its messages count as recent.
        most: So many recent ones are too many.
        run_id: Of the `xiaoer run` that answers, "" for none.
    """

    speaker: Speaker
    left_at: datetime
    since: datetime
    most: int
    run_id: str


@dataclass(frozen=True)
class TakenIn:
    """A message that was stored and claimed; what has to be known before its answer."""

    message_id: int
    looks: Looks
    rasa_url: str | None


@dataclass(frozen=True)
class Wanted:
    """A stretch of a transcript.

    Attributes:
        conversation_id: Whose.
        after: Id of the last line before it.
        most: So many lines.
        token_hash: Of the secret that must open it; None where that has been seen to.
    """

    conversation_id: str
    after: int
    most: int
    token_hash: str | None = None


class AtOnce(Protocol):
    """Transactions of one journey each; None for what was not done, or nobody knows."""

    async def take_in(
        self, inbound: Inbound, hold: Hold, condition: Condition, *, now: datetime
    ) -> TakenIn | None:
        """Store and claim a message while a condition holds; None while it does not."""

    async def say(self, turn: Turn, outcome: TurnOutcome, *, now: datetime) -> Said | None:
        """End a turn of which only lines are stored; None where that is no one journey."""

    async def read(self, wanted: Wanted) -> TranscriptPage | None:
        """Return a stretch of a transcript; None where a person serves, or there is nothing."""

    async def close(self) -> None:
        """Let go of everything that is open."""


async def accept_known(
    at_once: AtOnce,
    known: KnownTalk,
    inbound: Inbound,
    speaker: Speaker,
    beginning: Beginning,
    *,
    now: datetime,
    is_numbered: bool = False,
) -> Accepted | None:
    """Store and begin a message in one journey.

    Args:
        at_once: Makes the journey.
        known: The conversation as it was left.
        inbound: The message.
        speaker: By what the conversation was found.
        beginning: The right to begin with it.
        now: The time.
        is_numbered: The person was shown numbers instead of buttons.

    Returns:
        None when it is to be heard as any other message; it may have been stored then.

    Raises:
        BadPayload, EmptyMessage, TextTooLong: As `accept`.
    """
    titles = {one.payload: one.title for one in known.offers}
    if inbound.payload is not None and inbound.payload.strip() not in titles:
        return None  # an older button: the store knows its title
    said = said_as(inbound, known.offers, titles.get, is_numbered=is_numbered)
    hold = hold_for(beginning, known.conversation, now)
    condition = Condition(
        speaker,
        left_at=known.conversation.updated_at,
        since=now - RATE_WINDOW,
        most=MAX_MESSAGES_PER_WINDOW,
        run_id=beginning.run_id,
    )
    taken = await at_once.take_in(said, hold, condition, now=now)
    return None if taken is None else _accepted(known.conversation, said, hold, taken, now)


def _accepted(
    conversation: Conversation, said: Inbound, hold: Hold, taken: TakenIn, now: datetime
) -> Accepted:
    message = Message(
        taken.message_id,
        conversation.id,
        Author.APPLICANT,
        said.text,
        created_at=now,
        payload=said.payload,
        attachments=said.attachments,
    )
    heard = Heard(conversation, looks=taken.looks, rasa_url=taken.rasa_url)
    return Accepted(
        taken.message_id,
        is_new=True,
        owner=hold.seen,
        conversation_id=conversation.id,
        turn=turn_of(message, heard, hold),
    )


async def say_known(
    at_once: AtOnce, turn: Turn, outcome: TurnOutcome, *, now: datetime
) -> Said | None:
    """End a turn in one journey; None when it is to be ended as any other."""
    return await at_once.say(turn, outcome, now=now) if is_only_said(turn, outcome) else None


def left(turn: Turn, said: Said) -> KnownTalk | None:
    """Return how a turn has left its conversation; None where only the store knows."""
    if not said.is_whole or not said.lines or said.owner is not Owner.BOT:
        return None
    last = said.lines[-1]
    conversation = Conversation(
        turn.message.conversation_id,
        turn.channel,
        said.owner,
        created_at=turn.message.created_at,  # as far as this turn knows
        updated_at=last.created_at,
    )
    offers = next((one.buttons for one in reversed(said.lines) if one.buttons), ())
    return KnownTalk(conversation, last.id, offers)
