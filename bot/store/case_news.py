"""Loads the words in which followers hear of a case."""

import json
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.cases.news import CaseNewsTexts

PLACES = {
    "number": "",
    "matter": "",
    "state": "",
    "reason": "",
    "papers": "",
    "step": "",
    "count": 0,
}
"""What the words may hold in braces."""

PAYLOAD = "_payload"
"""End of the keys whose value a button sends: JSON, with {number} as its only hole."""


class BadCaseNews(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_case_news(file: Path) -> CaseNewsTexts:
    """Read `data/services/case_news.yml`.

    Raises:
        BadCaseNews: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for key, text in content.items():
            if key.endswith(PAYLOAD):
                _check_payload(text)
            else:
                text.format(**PLACES)
        return CaseNewsTexts(**content)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadCaseNews(f"{file}: {error!r}") from error


def _check_payload(text: str) -> None:
    intent, brace, rest = text.partition("{")
    if not intent.startswith("/"):
        raise ValueError(f"{text!r} does not begin with /")
    json.loads(brace + rest or "{}")
