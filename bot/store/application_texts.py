"""Loads the words in which applicants hear of their application."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.applications.texts import ApplicationTexts
from bot.store.read_once import read_once

PLACES = dict.fromkeys(("number", "matter", "papers", "paper", "day", "reason", "remedies"), "")
"""What the words may hold in braces."""


class BadApplicationTexts(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


@read_once
def load_application_texts(file: Path) -> ApplicationTexts:
    """Read `data/services/application_texts.yml`.

    Raises:
        BadApplicationTexts: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for name, text in content.items():
            if not name.endswith("_payload"):
                text.format(**PLACES)
        return ApplicationTexts(**content)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadApplicationTexts(f"{file}: {error!r}") from error
