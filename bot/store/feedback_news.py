"""Reads what is said when a complaint or suggestion is answered."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.feedback.desk import FeedbackNews
from bot.store.read_once import read_once

PLACES = {"kind": "", "number": "", "text": "", "change": ""}


class BadFeedbackNews(BotError):
    """The file is missing, unreadable, or lacks a text."""


@read_once
def load_feedback_news(file: Path) -> FeedbackNews:
    """Read `data/services/feedback_news.yml`; raises `BadFeedbackNews`, naming the file."""
    try:
        found = FeedbackNews(**YAML(typ="safe").load(file.read_text(encoding="utf-8")))
        for text in (found.answered, found.answered_again):
            text.format(**PLACES)
        found.adopted.format(**PLACES)
    except (OSError, YAMLError, TypeError, LookupError, ValueError) as error:
        raise BadFeedbackNews(f"{file}: {error!r}") from error
    return found
