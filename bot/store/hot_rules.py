"""Loads the operator's rules of hot issues."""

from pathlib import Path

import yaml

from bot.domain.errors import BotError
from bot.domain.hot import HotRules


class BadHotRules(BotError):
    """`hot.yml` is missing or does not hold what it should."""


def load_hot_rules(path: Path) -> HotRules:
    """Read the rules.

    Raises:
        BadHotRules: The file is missing, broken, or holds a number out of range; names the file.
    """
    try:
        entry = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        rules = HotRules(
            int(entry["businesses"]), int(entry["window_days"]), float(entry["likeness"])
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadHotRules(f"{path}: {error!r}") from error
    if rules.businesses < 2 or rules.window_days < 1 or not 0 < rules.likeness <= 1:  # noqa: PLR2004 - many
        raise BadHotRules(f"{path}: {rules}")
    return rules
