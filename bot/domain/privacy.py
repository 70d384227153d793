"""What a person agreed to, and what is deleted when the person asks for it."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import BotError


class Decision(enum.Enum):
    """What a person said to the notice about personal data."""

    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Consent:
    """One decision; the newest counts.

    Attributes:
        version: Of the notice that was shown.
    """

    conversation_id: str
    channel: str
    version: str
    decision: Decision
    at: datetime


@dataclass(frozen=True)
class Holdings:
    """What is there of a person: kind to count, only kinds with any.

    Attributes:
        deleted: What goes when the person asks for it.
        kept: What has to stay, without the way back to the conversation.
    """

    deleted: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Erasure:
    """The receipt of a deletion; names nobody."""

    number: str
    channel: str
    holdings: Holdings
    at: datetime


class NothingAsked(BotError):
    """A deletion was confirmed that was never offered in this conversation."""


BIRTH_DECADES = frozenset({*(f"19{decade}" for decade in range(10)), "200", "201"})

_PERSONAL_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{17}[0-9Xx])(?![0-9A-Za-z])")
"""A mobile telephone number, or the 18 signs of an identity card."""


def has_personal_number(text: str) -> bool:
    """Tell whether a mobile number or an identity number stands in a text."""
    return any(_is_personal(found[0]) for found in _PERSONAL_NUMBER.finditer(text))


def mask_numbers(text: str) -> str:
    """Return the text with the middle of each such number hidden."""

    def hide(found: "re.Match[str]") -> str:
        digits = found[0]
        if not _is_personal(digits):
            return digits
        return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"

    return _PERSONAL_NUMBER.sub(hide, text)


def _is_personal(digits: str) -> bool:
    # 18 digits may be a case number: code of the city or a county, then the day it was opened,
    # where an identity number has a birthday; nobody born since 2020 applies for anything
    return len(digits) == 11 or digits[6:9] in BIRTH_DECADES  # noqa: PLR2004 - a mobile number
