"""Loads how long personal data is kept."""

from pathlib import Path

import yaml

from bot.domain.errors import BotError
from bot.domain.retention import RetentionClass, RetentionRule, RetentionRules

SHORTEST_DAYS = 180
"""Source: 网络安全法 第二十一条 (logs of networks at least six months); not checked by a lawyer."""


class BadRetentionRules(BotError):
    """`retention.yml` is missing or does not hold what it should."""


def load_retention(path: Path) -> RetentionRules:
    """Read the rules; raises `BadRetentionRules`, naming file and class."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        if set(entries) != {one.value for one in RetentionClass}:
            raise BadRetentionRules(f"{path}: needs exactly {[c.value for c in RetentionClass]}")
        rules = {one: RetentionRule(**entries[one.value]) for one in RetentionClass}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise BadRetentionRules(f"{path}: {error!r}") from error
    for one, rule in rules.items():
        if not isinstance(rule.days, int) or (rule.days and rule.days < SHORTEST_DAYS):
            raise BadRetentionRules(f"{path}: {one.value}: 0, or at least {SHORTEST_DAYS} days")
    return rules
