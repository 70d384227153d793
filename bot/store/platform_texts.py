"""Loads the words in which people hear what the approval platform answered late."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.platform.feed import FeedTexts


class BadFeedTexts(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_feed_texts(file: Path) -> FeedTexts:
    """Read `data/services/platform.yml`.

    Raises:
        BadFeedTexts: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for text in content.values():
            text.format(number="")
        return FeedTexts(**content)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadFeedTexts(f"{file}: {error!r}") from error
