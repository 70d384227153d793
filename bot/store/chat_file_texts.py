"""Loads the words about files that go to a whistle."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.tickets.chat_files import LINES, ChatFileWords

HOLES = {"name": "", "number": "", "files": 0}


class BadChatFileWords(BotError):
    """The file is missing, lacks a line, or has a hole that nobody fills."""


def load_chat_file_words(file: Path) -> ChatFileWords:
    """Read `data/services/chat_files.yml`.

    Raises:
        BadChatFileWords: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        lines = {name: str(content[name]) for name in LINES}
        for text in lines.values():
            text.format(**HOLES)
        return ChatFileWords(lines)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadChatFileWords(f"{file}: {error!r}") from error
