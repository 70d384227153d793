"""Loads the words in which readers hear of their plans, and the fingerprint of the rules."""

import hashlib
from datetime import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.plans.news import PlanNewsTexts
from bot.services.plans.recipe import RULES_VERSION

PLACES = {
    "name": "",
    "number": "",
    "lines": "",
    "step": "",
    "department": "",
    "due": "",
    "days": "",
    "before": "",
    "after": "",
    "change": "",
    "count": "",
}
"""What the words may hold in braces."""

TIMES = ("quiet_from", "quiet_until")


class BadPlanNews(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_plan_news(file: Path) -> PlanNewsTexts:
    """Read `data/live_plan/news.yml`.

    Raises:
        BadPlanNews: See there; the message names the file.
    """
    try:
        content: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for text in content.values():
            text.format(**PLACES)
        times = {name: time.fromisoformat(content[name]) for name in TIMES}
        return PlanNewsTexts(**{**content, **times})
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadPlanNews(f"{file}: {error!r}") from error


def rules_fingerprint(data_dir: Path) -> str:
    """Return a hash of everything that plans are computed from: catalogue, calendar, code version.

    The library of public holidays counts too: a new release may bring a new year.
    """
    digest = hashlib.sha256(f"{RULES_VERSION}:{version('chinesecalendar')}".encode())
    for folder in ("catalogue", "calendar"):
        for path in sorted((data_dir / folder).rglob("*.yml")):
            digest.update(f"{path.relative_to(data_dir).as_posix()}\0".encode())
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()
