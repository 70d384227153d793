"""What people do on WeChat and WeCom, whichever of them tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Happened:
    """Something that one person did.

    Attributes:
        person: Open id, user id, or account and external id of 微信客服.
        external_id: The same for the same event, whenever and however often it comes.
    """

    person: str
    external_id: str


@dataclass(frozen=True)
class Typed(Happened):
    """A text."""

    text: str


@dataclass(frozen=True)
class Chosen(Happened):
    """A choice of a menu under a line; `key` as `bot.domain.choices.choice_key` makes it."""

    text: str
    key: str


@dataclass(frozen=True)
class Sent(Happened):
    """A picture, voice, video or file.

    Attributes:
        kind: "photo", "voice", "video" or "document".
        media_id: How the file is asked for later.
        media_type: Of its content.
        words: What the platform understood of a voice, "" for nothing.
    """

    kind: str
    media_id: str
    media_type: str
    words: str = ""


@dataclass(frozen=True)
class Located(Happened):
    """A place in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Linked(Happened):
    """A link to a page."""

    title: str
    url: str


@dataclass(frozen=True)
class Arrived(Happened):
    """The person followed us, scanned a code, or opened the conversation.

    Attributes:
        scene: What the code says, "" for nothing.
        is_new: Then they are welcomed.
    """

    scene: str
    is_new: bool


@dataclass(frozen=True)
class Clicked(Happened):
    """An item of a menu of ours; `is_message` when the platform counts it as a message."""

    key: str
    is_message: bool = False


@dataclass(frozen=True)
class Left(Happened):
    """The person follows us no more."""


@dataclass(frozen=True)
class Unreadable(Happened):
    """A sticker, a card, or whatever else no text comes with."""


Event = (
    Typed | Chosen | Sent | Located | Linked | Arrived | Clicked | Left | Unreadable
)  # fmt: skip

MESSAGES = (Typed, Chosen, Sent, Located, Linked, Unreadable)
"""What the platforms count as a message of the person, which allows more lines than an event."""
