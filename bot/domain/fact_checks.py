"""Somebody looked a fact of the catalogue up again: it is as it was, or it has changed."""

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError

MAX_NOTE_LENGTH = 300


class CheckResult(enum.Enum):
    """What was found at the source."""

    SAME = "same"
    CHANGED = "changed"


class BadCheck(BotError):
    """No such fact, no result, or a change without a word about it."""


@dataclass(frozen=True)
class FactKey:
    """Which fact of the catalogue; the words of `bot.services.learning.stale_facts.StaleFact`."""

    kind: str
    entry_id: str
    fact: str
    detail: str


@dataclass(frozen=True)
class FactCheck:
    """One look at one fact; checks are added and never changed.

    Attributes:
        note: What was found; needed when the fact has changed.
        by: "agent:3".
    """

    key: FactKey
    result: CheckResult
    note: str
    at: datetime
    by: str
