"""Loads the words in which a business hears of its whistle."""

import json
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.tickets.news import TicketNewsTexts

PLACES = dict.fromkeys(("number", "state", "reason", "who", "clock", "due", "days"), "")
PAYLOAD = "_payload"
"""End of the keys whose value a button sends: JSON, with {number} as its only hole."""


class BadTicketNews(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_ticket_news(file: Path) -> TicketNewsTexts:
    """Read `data/services/ticket_news.yml`.

    Raises:
        BadTicketNews: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for key, text in content.items():
            if key.endswith(PAYLOAD):
                _, brace, rest = text.partition("{")
                json.loads(brace + rest or "{}")
            else:
                text.format(**PLACES)
        return TicketNewsTexts(**content)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadTicketNews(f"{file}: {error!r}") from error
