"""A file that is handed in on our own pages also goes to the whistle that is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.attachments import MAX_FILES, TooManyFiles
from bot.domain.conversations import Reply
from bot.services.tickets.business import BusinessSide
from bot.services.tickets.files import NoOpenTicket, add_file_of

SHOWN_NAME = 40
LINES = frozenset({"kept", "full"})


@dataclass(frozen=True)
class ChatFileWords:
    """What is said, from `data/services/chat_files.yml`.

    Attributes:
        lines: By name, all of `LINES`; with {name}, {number} and {files}.
    """

    lines: Mapping[str, str]


def put_to_whistle(
    side: BusinessSide,
    words: ChatFileWords,
    *,
    conversation_id: str,
    name: str,
    content: bytes,
) -> Reply | None:
    """Put a file to the newest open whistle of a conversation; the same content is one file.

    Returns:
        What to tell of it; None when no whistle is open.

    Raises:
        FileEmpty, FileNotTaken, FileTooLarge: see `bot.domain.attachments.type_of`.
    """
    shown = {"name": name[:SHOWN_NAME], "files": MAX_FILES, "number": ""}
    try:
        kept = add_file_of(side, conversation_id=conversation_id, name=name, content=content)
    except NoOpenTicket:
        return None
    except TooManyFiles:
        return Reply(words.lines["full"].format(**shown))
    return Reply(words.lines["kept"].format(**{**shown, "number": kept.ticket_number}))
