"""What Telegram sends, turned into what happened. Pure functions.

Source: https://core.telegram.org/bots/api#update
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds that Telegram is asked for; it is told so by webhook and polling alike."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_IMAGE = "image/jpeg"


@dataclass(frozen=True)
class Happened:
    """Something in a private chat.

    Attributes:
        chat_id: Whose chat; a person's id in private chats.
        external_id: The same for the same update, whenever and however often it comes.
    """

    chat_id: int
    external_id: str


@dataclass(frozen=True)
class Typed(Happened):
    """A text."""

    text: str


@dataclass(frozen=True)
class Commanded(Happened):
    """A command such as `/start case_1`; `name` in small letters, without the stroke."""

    name: str
    rest: str


@dataclass(frozen=True)
class Sent(Happened):
    """A photo, document, voice, ...; `kind` is "photo", "document", "voice" or "video".

    Attributes:
        file_id: How the file is asked for later.
        name: File name, "" when it has none.
        caption: What was written under it.
        group: Id of the album, "" outside of one.
    """

    kind: str
    file_id: str
    name: str
    media_type: str
    caption: str
    group: str


@dataclass(frozen=True)
class Shared(Happened):
    """A contact; `is_own` only when Telegram says that it is the sender's own."""

    phone: str
    is_own: bool


@dataclass(frozen=True)
class Located(Happened):
    """A place in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Edited(Happened):
    """A message of before has another text now."""

    message_id: int
    text: str


@dataclass(frozen=True)
class Unreadable(Happened):
    """A sticker, a poll, or whatever else no text comes with."""


@dataclass(frozen=True)
class Pressed(Happened):
    """An inline button; `message_id` is Telegram's id of the message that it stands under."""

    query_id: str
    data: str
    message_id: int


@dataclass(frozen=True)
class Left(Happened):
    """The person blocked the bot."""


@dataclass(frozen=True)
class CameBack(Happened):
    """The person allowed the bot again."""


@dataclass(frozen=True)
class InGroup(Happened):
    """Anything said in a group."""


Event = (
    Typed | Commanded | Sent | Shared | Located | Edited | Unreadable | Pressed | Left
    | CameBack | InGroup
)  # fmt: skip


class NotAnUpdate(ValueError):
    """What came is no update of the Bot API."""


def parse_update(data: Mapping[str, Any]) -> Update:
    """Return the update in a webhook's body.

    Raises:
        NotAnUpdate: It has another shape.
    """
    if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
        raise NotAnUpdate
    try:
        return Update.de_json(data, None)
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as error:
        raise NotAnUpdate from error


_PLAIN = {
    "message_id": int,
    "date": int,
    "chat": dict,
    "from": dict,
    "text": str,
}
_LATEST = 2**32


def plain_text(data: Any) -> "tuple[int, Typed | Commanded] | None":
    """Return the number of an update and the text in it, when a person's plain text is all it is.

    The library makes some ten objects of an update, a fifth of the hub's time under load; most
    updates are this one. What has more in it, or anything of another shape, is its to read.
    """
    message = data.get("message") if isinstance(data, dict) else None
    if not isinstance(message, dict) or data.keys() != {"update_id", "message"}:
        return None
    if message.keys() != _PLAIN.keys() or type(data["update_id"]) is not int:
        return None
    if any(type(message[name]) is not kind for name, kind in _PLAIN.items()):
        return None
    chat, sender = message["chat"], message["from"]
    if not (0 < message["date"] < _LATEST and _is_private(chat) and _is_person(sender)):
        return None
    at = (chat["id"], f"u{data['update_id']}:m{message['message_id']}")
    return data["update_id"], _text(message["text"], at)


def _is_private(chat: Mapping[str, Any]) -> bool:
    return type(chat.get("id")) is int and chat.get("type") == ChatType.PRIVATE.value


def _is_person(sender: Mapping[str, Any]) -> bool:
    is_named = isinstance(sender.get("first_name"), str) and type(sender.get("id")) is int
    return is_named and sender.get("is_bot") is False


def read_update(update: Update) -> Event | None:
    """Return what happened, None for everything that is nobody's concern here.

    Unknown kinds and posts of channels are not errors: Telegram adds kinds, and it would send again
    for ever whatever is refused.
    """
    if update.callback_query is not None:
        return _pressed(update.callback_query, update.update_id)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, update.update_id)
    message = update.message or update.edited_message
    if message is None or (message.from_user is not None and message.from_user.is_bot):
        return None
    external_id = f"u{update.update_id}:m{message.message_id}"
    if message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return InGroup(message.chat.id, external_id)
    if message.chat.type != ChatType.PRIVATE:
        return None
    if update.edited_message is not None:
        text = message.text or message.caption or ""
        return Edited(message.chat.id, external_id, message.message_id, text)
    return _message(message, external_id)


def message_mark(message_id: int) -> str:
    """Return the end of the external ids of all updates about one message."""
    return f":m{message_id}"


def _message(message: Message, external_id: str) -> Event:
    at = (message.chat.id, external_id)
    if message.text is not None:
        return _text(message.text, at)
    if message.contact is not None:
        sender = message.from_user.id if message.from_user else None
        is_own = message.contact.user_id is not None and message.contact.user_id == sender
        # a forwarded card was checked by nobody
        is_own = is_own and message.forward_origin is None
        return Shared(*at, message.contact.phone_number, is_own)
    if message.location is not None:
        return Located(*at, message.location.latitude, message.location.longitude)
    return _file(message, at) or Unreadable(*at)


def _text(text: str, at: tuple[int, str]) -> Typed | Commanded:
    command = _COMMAND.fullmatch(text.strip())
    if command:
        return Commanded(*at, command[1].lower(), (command[2] or "").strip())
    return Typed(*at, text)


def _file(message: Message, at: tuple[int, str]) -> Sent | None:
    caption, group = message.caption or "", message.media_group_id or ""
    if message.photo:
        biggest = max(message.photo, key=lambda size: size.width * size.height)
        return Sent(*at, "photo", biggest.file_id, "", _IMAGE, caption, group)
    kinds = (
        ("document", message.document),
        ("voice", message.voice or message.audio),
        ("video", message.video or message.video_note),
    )
    for kind, found in kinds:
        if found is not None:
            name = getattr(found, "file_name", None) or ""
            media_type = getattr(found, "mime_type", None) or "application/octet-stream"
            return Sent(*at, kind, found.file_id, name, media_type, caption, group)
    return None


def _pressed(query: CallbackQuery, update_id: int) -> Pressed | None:
    message = query.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    external_id = f"u{update_id}:m{message.message_id}"
    return Pressed(message.chat.id, external_id, query.id, query.data or "", message.message_id)


def _membership(change: ChatMemberUpdated, update_id: int) -> Left | CameBack | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    at = (change.chat.id, f"u{update_id}")
    if change.new_chat_member.status == ChatMemberStatus.BANNED:
        return Left(*at)
    return CameBack(*at)
