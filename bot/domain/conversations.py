"""A conversation, who owns it, and the messages in it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BotError

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


class OwnerChanged(BotError):
    """Somebody else changed the owner first; the caller's view is stale."""


class UnknownConversation(BotError):
    """No conversation has this id, or the token does not belong to it."""


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
    """

    channel: str
    conversation_id: str
    external_id: str
    text: str
    payload: str | None = None


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


@dataclass(frozen=True)
class Conversation:
    """One person's thread on one channel.

    Attributes:
        id: Opaque, also the `sender_id` in Rasa.
        fields: Last known answers (slot name to value) for the desk.
        waiting_since: When the applicant entered the queue, None outside it.
        handoff_reason: Machine word for why a person is needed ("asked", "not_understood", ...).
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
