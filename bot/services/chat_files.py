"""A file sent in the chat page: it goes to the whistle, and the chat says what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.attachments import (
    MAX_FILE_BYTES,
    MAX_FILES,
    FileEmpty,
    FileNotTaken,
    FileTooLarge,
    TooManyFiles,
)
from bot.domain.conversations import Author, Button, Reply, TooManyMessages
from bot.domain.errors import BotError
from bot.services.channel_events import note
from bot.services.conversations import MAX_MESSAGES_PER_WINDOW, RATE_WINDOW
from bot.services.ticket_business import BusinessSide
from bot.services.ticket_files import NoOpenTicket, add_file_of

MEGABYTE = 1024 * 1024
SHOWN_NAME = 40
REFUSALS: Mapping[type[BotError], str] = {
    FileEmpty: "empty",
    FileNotTaken: "not_taken",
    FileTooLarge: "too_large",
    NoOpenTicket: "no_ticket",
    TooManyFiles: "too_many",
}
"""Which line tells why a file was not taken."""

LINES = frozenset({"sent", "kept", *REFUSALS.values()})


@dataclass(frozen=True)
class ChatFileWords:
    """What is said, from `data/services/chat_files.yml`.

    Attributes:
        lines: By name, all of `LINES`; with {name}, {number}, {size}, {most} and {files}.
        whistle: Button that blows the whistle, under `no_ticket`.
    """

    lines: Mapping[str, str]
    whistle: Button


@dataclass(frozen=True)
class SentFile:
    """A file as it came; `client_id` is the sender's own id of it."""

    client_id: str
    name: str
    content: bytes


def take_chat_file(
    side: BusinessSide, words: ChatFileWords, *, conversation_id: str, sent: SentFile
) -> None:
    """Put a file to the newest open whistle of a conversation and say so in the chat, or why not.

    The same file again is one file, the same `client_id` again says nothing more.

    Raises:
        TooManyMessages: Too many within a short time; nothing is taken.
        UnknownConversation: There is no such conversation.
    """
    with side.unit_of_work() as uow:
        since = side.now - RATE_WINDOW
        if (
            uow.conversations.count_from_applicant(conversation_id, since)
            >= MAX_MESSAGES_PER_WINDOW
        ):
            raise TooManyMessages(conversation_id)
    shown = {
        "name": sent.name[:SHOWN_NAME],
        "size": f"{len(sent.content) / MEGABYTE:.1f}",
        "most": MAX_FILE_BYTES // MEGABYTE,
        "files": MAX_FILES,
    }
    buttons: tuple[Button, ...] = ()
    try:
        kept = add_file_of(
            side, conversation_id=conversation_id, name=sent.name, content=sent.content
        )
        told = words.lines["kept"].format(**shown, number=kept.ticket_number)
    except tuple(REFUSALS) as error:
        told = words.lines[REFUSALS[type(error)]].format(**shown)
        buttons = (words.whistle,) if isinstance(error, NoOpenTicket) else ()
    note(
        side.unit_of_work,
        conversation_id=conversation_id,
        external_id=f"file-{sent.client_id}",
        text=words.lines["sent"].format(**shown),
        now=side.now,
        told=(Reply(told, buttons, author=Author.SYSTEM),),
        is_always_told=True,
    )
