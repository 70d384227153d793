"""Loads the words in which followers hear of a case."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.case_news import CaseNewsTexts

PLACES = {"number": "", "matter": "", "state": "", "reason": "", "papers": ""}
"""What the words may hold in braces."""


class BadCaseNews(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_case_news(file: Path) -> CaseNewsTexts:
    """Read `data/services/case_news.yml`.

    Raises:
        BadCaseNews: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for name, text in content.items():
            if not name.endswith("_payload"):
                text.format(**PLACES)
        return CaseNewsTexts(**content)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadCaseNews(f"{file}: {error!r}") from error
