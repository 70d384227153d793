"""The JSON of the web chat: what comes in, what goes out. Pure functions."""

import re
from datetime import datetime
from typing import Annotated

import msgspec

from bot.channels.web.declaration import WEB
from bot.channels.web.errors import ApiError
from bot.domain.conversations import Conversation, Inbound, Message, Owner, TranscriptPage
from bot.domain.deliveries import PULLED_CHANNELS

CHANNEL = WEB.name
_DESK_FILE = re.compile(r"/desk/conversations/[^/]+/files/web/(\d+)")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class OpenBody(msgspec.Struct, frozen=True):
    """Body of `POST /api/chat/conversations`; may be left out."""

    channel: str = CHANNEL


class SendBody(msgspec.Struct, frozen=True):
    """Body of `POST /api/chat/messages`; exactly one of `text` and `payload`."""

    client_id: str
    text: str | None = None
    payload: str | None = None


class ButtonOut(msgspec.Struct, frozen=True):
    """A choice under a message."""

    title: str
    payload: str


class AttachmentOut(msgspec.Struct, frozen=True):
    """A file or page offered with a message."""

    title: str
    url: str
    media_type: str


class MessageOut(msgspec.Struct, frozen=True):
    """One line of the transcript."""

    id: int
    author: str
    text: str
    buttons: list[ButtonOut]
    attachments: list[AttachmentOut]
    created_at: datetime


class AgentOut(msgspec.Struct, frozen=True):
    """What the person on the other side does."""

    typing: bool
    read_id: int


class PageOut(msgspec.Struct, frozen=True):
    """Answer of `GET /api/chat/messages`, and one event of `GET /api/chat/events`.

    `agent` is left out unless a person serves.
    """

    conversation_id: str
    messages: list[MessageOut]
    owner: str
    busy: bool
    agent: AgentOut | msgspec.UnsetType = msgspec.UNSET


class SignsBody(msgspec.Struct, frozen=True):
    """Body of `POST /api/chat/signs`."""

    typing: bool = False
    read_id: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0


def parse_open(raw: bytes) -> str:
    """Return the channel that a client of ours names when it opens a conversation.

    Raises:
        ApiError: The body is no JSON of this shape, or names a channel that is not fetched.
    """
    if not raw.strip():
        return CHANNEL
    try:
        channel = msgspec.json.decode(raw, type=OpenBody).channel
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ApiError(400, "bad_request") from error
    if channel not in PULLED_CHANNELS:
        raise ApiError(422, "bad_request")
    return channel


def check_client_id(client_id: str) -> None:
    """Refuse a client's own id that is too long or has other signs; raises `ApiError`."""
    if not _CLIENT_ID.fullmatch(client_id):
        raise ApiError(422, "bad_client_id")


def parse_send(raw: bytes, conversation: Conversation) -> Inbound:
    """Return the message in a request body.

    Raises:
        ApiError: The body is no JSON of this shape, or its client id cannot be used.
    """
    try:
        body = msgspec.json.decode(raw, type=SendBody)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ApiError(400, "bad_request") from error
    check_client_id(body.client_id)
    if body.text is not None and body.payload is not None:
        raise ApiError(422, "bad_request")
    return Inbound(
        channel=conversation.channel,
        conversation_id=conversation.id,
        external_id=body.client_id,
        text=body.text or "",
        payload=body.payload,
    )


def parse_signs(raw: bytes) -> SignsBody:
    """Return the signs in a request body; raises `ApiError`."""
    try:
        return msgspec.json.decode(raw, type=SignsBody)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ApiError(400, "bad_request") from error


def render_page(page: TranscriptPage, conversation_id: str) -> bytes:
    """Return a stretch of the transcript as JSON."""
    out = PageOut(
        conversation_id=conversation_id,
        messages=[_message(message) for message in page.messages],
        owner=page.owner.value,
        busy=page.busy,
        agent=(
            AgentOut(page.is_agent_typing, page.agent_read_id)
            if page.owner is Owner.AGENT
            else msgspec.UNSET
        ),
    )
    return msgspec.json.encode(out)


def _own_url(url: str) -> str:
    """Return the address of an own file as its sender reaches it; the desk has another one."""
    found = _DESK_FILE.fullmatch(url)
    return f"/api/chat/attachments/{found[1]}" if found else url


def _message(message: Message) -> MessageOut:
    return MessageOut(
        id=message.id,
        author=message.author.value,
        text=message.text,
        buttons=[ButtonOut(button.title, button.payload) for button in message.buttons],
        attachments=[
            AttachmentOut(item.title, _own_url(item.url), item.media_type)
            for item in message.attachments
        ],
        created_at=message.created_at,
    )
