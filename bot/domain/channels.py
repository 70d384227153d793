"""What a channel can do, and how a line is made to fit it. Pure functions.

A channel declares its abilities once; whatever the dialogue says is adapted to them here, so that
neither the dialogue nor a sender knows about other channels.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.conversations import Attachment, Button, Message
from bot.domain.splitting import TextUnit, split_text

HTML = "text/html"


@dataclass(frozen=True)
class Quota:
    """So many lines within so long after the person's last message."""

    lines: int
    window: timedelta


@dataclass(frozen=True)
class MenuLimits:
    """What fits under one text where buttons are a list with little room; else they are numbers.

    Attributes:
        buttons: At most so many.
        title_length: Longest title, in the unit of the channel.
        message_length: Longest text above them.
    """

    buttons: int
    title_length: int
    message_length: int


@dataclass(frozen=True)
class Abilities:
    """What a channel's client can show and tell.

    Attributes:
        buttons: Shows buttons that can be pressed; else choices are numbered.
        images: Shows pictures inside the conversation; else they are links.
        files: Takes files inside the conversation; else they are links.
        typing: Shows that an answer is on its way.
        read_state: Tells what the person has read.
        pushed: Lines are sent to a platform; else the client fetches them.
        message_length: Longest text in `unit`, None for no limit.
        caption_length: Longest text beside a picture or file, None for no limit.
        unit: In what the platform counts.
        quota: Lines that may be sent unasked, None for no limit; the outbox counts them.
        folds: Lines that wait are joined into as few messages as they fit in.
        menu: Room for buttons where there is little, None for enough.
    """

    buttons: bool = False
    images: bool = False
    files: bool = False
    typing: bool = False
    read_state: bool = False
    pushed: bool = True
    message_length: int | None = None
    caption_length: int | None = None
    unit: TextUnit = TextUnit.UTF16
    quota: Quota | None = None
    folds: bool = False
    menu: MenuLimits | None = None

    @property
    def is_numbered(self) -> bool:
        """Tell whether choices are, or may be, numbers to reply with."""
        return not self.buttons or self.menu is not None


@dataclass(frozen=True)
class Declaration:
    """A channel by name, with its abilities; titles for staff are in `data/desk/fields.yml`."""

    name: str
    abilities: Abilities


class PartKind(enum.Enum):
    """What one sent piece is."""

    TEXT = "text"
    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True)
class Part:
    """One piece as it is sent: a text with its buttons, or one picture or file.

    Attributes:
        text: The text, or the caption.
        buttons: Only where the channel has buttons, under the last text.
        attachment: The picture or file, None for a text.
    """

    kind: PartKind
    text: str
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None


@dataclass(frozen=True)
class ChoiceWords:
    """Words around numbered choices and links, for channels without buttons.

    Attributes:
        choose: The line above the choices.
        link: A picture or file as a link; `{title}` and `{url}`.
        more: Under the last line that a quota allows, while others wait.
        agent: Above what a person says, where lines are folded.
    """

    choose: str
    link: str
    more: str = ""
    agent: str = ""


def adapt(message: Message, abilities: Abilities, words: ChoiceWords) -> tuple[Part, ...]:
    """Return the pieces of a line in the order in which they are sent; the same each time."""
    kinds = [(kind_of(item, abilities), item) for item in message.attachments]
    links = [item for kind, item in kinds if kind is None]
    blocks = [message.text] if message.text else []
    blocks += [words.link.format(title=item.title, url=item.url) for item in links]
    is_menu = abilities.buttons and _fits_menu(message.buttons, blocks, abilities)
    if message.buttons and not is_menu:
        blocks.append(numbered(message.buttons, words))
    pieces = split_text("\n".join(blocks), abilities.message_length, abilities.unit)
    if message.buttons and is_menu and not pieces:
        pieces = [words.choose]  # no platform takes buttons without a text
    texts = [Part(PartKind.TEXT, piece) for piece in pieces]
    if texts and is_menu:
        texts[-1] = Part(PartKind.TEXT, texts[-1].text, buttons=message.buttons)
    files = [
        Part(kind, _caption(item.title, abilities), attachment=item)
        for kind, item in kinds
        if kind is not None
    ]
    return (*texts, *files)


def addressed(message: Message, base_url: str) -> Message:
    """Return a line whose files of ours have their whole address, which opens on any phone."""
    items = tuple(
        replace(item, url=f"{base_url}{item.url}") if item.url.startswith("/") else item
        for item in message.attachments
    )
    return replace(message, attachments=items)


def kind_of(item: Attachment, abilities: Abilities) -> PartKind | None:
    """Return how a channel shows an attachment, None when it has to be a link."""
    if item.media_type == HTML or not item.url:
        return None
    if item.media_type.startswith("image/") and abilities.images:
        return PartKind.IMAGE
    return PartKind.FILE if abilities.files else None


def numbered(buttons: tuple[Button, ...], words: ChoiceWords) -> str:
    """Return buttons as lines with numbers."""
    lines = [f"{number}. {button.title}" for number, button in enumerate(buttons, start=1)]
    return "\n".join([words.choose, *lines])


def abilities_by_name(declarations: tuple[Declaration, ...]) -> Mapping[str, Abilities]:
    """Return the abilities of each channel by its name."""
    return {one.name: one.abilities for one in declarations}


def _fits_menu(buttons: tuple[Button, ...], blocks: list[str], abilities: Abilities) -> bool:
    menu, length = abilities.menu, abilities.unit.length
    if menu is None:
        return True
    return (
        len(buttons) <= menu.buttons
        and all(length(button.title) <= menu.title_length for button in buttons)
        and length("\n".join(blocks)) <= menu.message_length
    )


def _caption(title: str, abilities: Abilities) -> str:
    pieces = split_text(title, abilities.caption_length, abilities.unit)
    return pieces[0] if pieces else ""
