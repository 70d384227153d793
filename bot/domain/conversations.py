"""A conversation, who owns it, and the messages in it."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BotError
from bot.domain.learning import GuessPressed, Misread
from bot.domain.privacy import Decision, Erasure
from bot.domain.turn_looks import Looks

MAX_TEXT_LENGTH = 5000
"""Longest text of an applicant that is taken, in characters."""


class Owner(enum.Enum):
    """Who answers in a conversation. Only under `BOT` is Rasa ever called."""

    BOT = "bot"
    WAITING = "waiting"
    AGENT = "agent"
    CLOSED = "closed"


class Author(enum.Enum):
    """Who wrote a message."""

    APPLICANT = "applicant"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


ALLOWED_OWNERS: Mapping[Owner, frozenset[Owner]] = {
    Owner.BOT: frozenset({Owner.WAITING, Owner.AGENT, Owner.CLOSED}),
    # back to the bot when the applicant gives up waiting or the queue closes for the day
    Owner.WAITING: frozenset({Owner.AGENT, Owner.BOT, Owner.CLOSED}),
    # back to the queue when the agent passes it on or disconnects
    Owner.AGENT: frozenset({Owner.BOT, Owner.WAITING, Owner.CLOSED}),
    # a closed conversation is opened again by the applicant's next message
    Owner.CLOSED: frozenset({Owner.BOT}),
}


HANDED_OVER = frozenset({Owner.WAITING, Owner.AGENT})
"""A person has the conversation, or soon will: the bot is silent."""


class OwnerChanged(BotError):
    """Somebody else changed the owner first; the caller's view is stale."""


class ForbiddenOwner(BotError):
    """`ALLOWED_OWNERS` has no such step; a mistake of the caller, not of a person."""


class LeaseLost(BotError):
    """Another worker serves this conversation now; this turn's result is thrown away."""


class UnknownConversation(BotError):
    """No conversation has this id, or the token does not belong to it."""


class EmptyMessage(BotError):
    """Nothing is left of the text once blanks and control characters are gone."""


class TextTooLong(BotError):
    """A text has more than `MAX_TEXT_LENGTH` characters."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters, at most {MAX_TEXT_LENGTH}")
        self.length = length


class TooManyMessages(BotError):
    """One conversation sends faster than a person types."""


@dataclass(frozen=True)
class Button:
    """A choice offered under a message; `payload` is what pressing it sends."""

    title: str
    payload: str


@dataclass(frozen=True)
class Attachment:
    """A file or page offered with a message."""

    title: str
    url: str
    media_type: str


@dataclass(frozen=True)
class Inbound:
    """What a channel parsed out of one payload of its vendor.

    Attributes:
        channel: Short name of the channel ("web").
        external_id: The sender's own id of this message, unique within `conversation_id`.
        text: What the applicant typed; empty for a pressed button.
        payload: `/intent{...}` of a pressed button, else None.
        attachments: Pictures and files that came with it.
    """

    channel: str
    conversation_id: str
    external_id: str
    text: str
    payload: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Message:
    """One line of the transcript; ids grow in the order in which people see them."""

    id: int
    conversation_id: str
    author: Author
    text: str
    created_at: datetime
    payload: str | None = None
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    agent_id: int | None = None

    @property
    def is_internal(self) -> bool:
        """Tell whether this is a note to the worker, which no transcript shows."""
        return self.author is Author.SYSTEM and self.payload is not None


@dataclass(frozen=True)
class Reply:
    """A line that is about to be said; it gets its id and time when it is stored."""

    text: str
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    author: Author = Author.BOT


@dataclass(frozen=True)
class Conversation:
    """One person's thread on one channel.

    Attributes:
        id: Opaque, also the `sender_id` in Rasa.
        fields: Last known answers (slot name to value) for the desk.
        waiting_since: When the applicant entered the queue, None outside it.
        handoff_reason: Machine word for why a person is needed ("asked", "not_understood", ...).
        unreachable_since: Since when nothing gets through to the person, None when it does.
    """

    id: str
    channel: str
    owner: Owner
    created_at: datetime
    updated_at: datetime
    agent_id: int | None = None
    waiting_since: datetime | None = None
    handoff_reason: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    unreachable_since: datetime | None = None


@dataclass(frozen=True)
class OpenedConversation:
    """A new web conversation; `token` is its secret and is stored nowhere."""

    conversation_id: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Accepted:
    """An inbound message is stored; `is_new` is False when it had been stored before.

    Attributes:
        owner: Who owned the conversation then.
        agent_id: Who held it, None under any other owner.
        conversation_id: Which it belongs to, "" where the caller knows.
        turn: Its turn when it was claimed in the same transaction.
    """

    message_id: int
    is_new: bool
    owner: Owner = Owner.BOT
    agent_id: int | None = None
    conversation_id: str = ""
    turn: "Turn | None" = None


@dataclass(frozen=True)
class Speaker:
    """By what the conversation of a new message is known; exactly one of the three.

    Attributes:
        conversation_id: Its id.
        token_hash: SHA-256 (hex) of its secret.
        person: Channel, and who it is there.
    """

    conversation_id: str | None = None
    token_hash: str | None = field(default=None, repr=False)
    person: tuple[str, str] | None = None

    @property
    def known_by(self) -> tuple[str, tuple[str | None, ...]]:
        """By what it is known, and the values of that."""
        if self.token_hash is not None:
            return "token", (self.token_hash,)
        return ("id", (self.conversation_id,)) if self.person is None else ("person", self.person)


@dataclass(frozen=True)
class Heard:
    """A conversation, and what a new message asks of it.

    Attributes:
        conversation: As it stood when its row was locked.
        recent: How many messages the applicant sent a moment ago.
        offers: Buttons said last, after the applicant's last message and by no person.
        looks: What has to be known before an answer; None when it was not asked for.
        rasa_url: Where the model in use listens, with `looks`; None for the settings' place.
        is_opened: This transaction has opened it: there is nothing to be found in it.
    """

    conversation: Conversation
    recent: int = 0
    offers: tuple[Button, ...] = ()
    looks: Looks | None = None
    rasa_url: str | None = None
    is_opened: bool = False


@dataclass(frozen=True)
class Hold:
    """A claim on a message that is about to be stored.

    Attributes:
        lease: Proof of the claim.
        seen: Whose the conversation was in this transaction.
        until: How long it lasts.
    """

    lease: str
    seen: Owner
    until: datetime


@dataclass(frozen=True)
class TranscriptPage:
    """A stretch of the transcript in order; `busy` while a message waits for its answer.

    Attributes:
        is_agent_typing: While a person serves: that person is typing.
        agent_read_id: While a person serves: the newest line that person has seen, else 0.
    """

    messages: tuple[Message, ...]
    owner: Owner
    busy: bool
    is_agent_typing: bool = False
    agent_read_id: int = 0


@dataclass(frozen=True)
class Turn:
    """One message whose answer is to be found, and the right to do it.

    Attributes:
        message: The applicant's message, or an internal note (`Message.is_internal`).
        owner: Who owned the conversation when the turn was claimed.
        lease: Proof of the claim, unique to it; needed to complete the turn.
        attempts: How often it was tried before, 0 at first.
        outage_told: The applicant has been told that a part is down.
        rasa_url: Where the model in use listened when the turn was claimed; None for the place
            that the settings name.
        looks: What was read together with the claim, None for nothing.
        channel: Of the conversation, "" where nobody has looked.
    """

    message: Message
    owner: Owner
    lease: str
    attempts: int
    outage_told: bool
    rasa_url: str | None = None
    looks: Looks | None = None
    channel: str = ""


@dataclass(frozen=True)
class Said:
    """What a completed turn has added to a transcript.

    Attributes:
        lines: New lines, in order; none when nothing was said.
        owner: Who owns the conversation from now on.
        is_whole: Nothing else has come since the message: `lines` are all after it.
        is_dropped: The owner had changed while the turn was in progress.
    """

    lines: tuple[Message, ...]
    owner: Owner
    is_whole: bool
    is_dropped: bool = False


@dataclass(frozen=True)
class TurnOutcome:
    """What a turn came to; stored in one transaction.

    Attributes:
        replies: Lines to say, in order.
        owner: Who owns the conversation from now on; None leaves it.
        handoff_reason: Machine word, with `owner=WAITING`.
        fields: Snapshot of the answers so far; None leaves the stored ones.
        lesson: What there is to learn from the message, None for nothing.
        model: File name of the model that read it, with a lesson.
        personal_from: Position in `replies` from which they ask for personal data, None when
            they do not.
        may_leave_out: What they ask for may be left out.
        decision: Version of the notice about personal data, and what the person says to it.
        hides: Id of a message whose numbers are to be hidden.
        receipt: Everything is to be deleted; makes the line that is left of it.
    """

    replies: tuple[Reply, ...] = ()
    owner: Owner | None = None
    handoff_reason: str | None = None
    fields: Mapping[str, object] | None = None
    lesson: Misread | GuessPressed | None = None
    model: str = ""
    personal_from: int | None = None
    may_leave_out: bool = False
    decision: tuple[str, Decision] | None = None
    hides: int | None = None
    receipt: Callable[[Erasure], Reply] | None = None
