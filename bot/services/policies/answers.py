"""Reads answers to questions about an enterprise, and finds those that exclude each other."""

import re

from bot.domain.conditions import Answer
from bot.domain.contradictions import Contradiction, found_in
from bot.domain.eligibility import Profile
from bot.services.policies.library import PolicyLibrary
from bot.services.reading.answers import read_yes_no
from bot.services.reading.numerals import NotANumber, read_number

_PERCENT = re.compile(r"[%％]|百分之")
_LOSS = re.compile(r"亏|负|^\s*[-－]")
MAY_BE_NEGATIVE = frozenset({"taxable_income"})
"""Fields that a loss makes negative."""

LARGEST = 1e13
"""Above any amount of a single enterprise, in yuan or heads."""


class OutOfRange(NotANumber):
    """The text holds an amount that this field cannot have."""


def is_share(field: str, library: PolicyLibrary) -> bool:
    """Tell whether a field is a share of something: all its limits lie between 0 and 1."""
    values = library.values.get(field, ())
    return bool(values) and all(isinstance(v, float) and 0 < v < 1 for v in values)


def read_amount(field: str, text: str, library: PolicyLibrary) -> float:
    """Return the number that a text gives for a field; a share as a part of 1.

    Raises:
        NotANumber: The text holds none.
        OutOfRange: A share above 100 %, or an amount that nothing can have.
    """
    if read_yes_no(text) is False:
        return 0.0  # 没有
    number = read_number(text.replace("百分之", ""))
    if is_share(field, library):
        number = number / 100 if _PERCENT.search(text) or number >= 1 else number
        if number > 1:
            raise OutOfRange(text)
    if number > LARGEST:
        raise OutOfRange(text)
    return -number if field in MAY_BE_NEGATIVE and _LOSS.search(text) else number


def contradiction_in(profile: Profile, library: PolicyLibrary) -> Contradiction | None:
    """Return the first rule that two answers break together, None when all go together."""
    answers: dict[str, Answer] = {
        field: value for field, value in profile.items() if not isinstance(value, tuple)
    }
    return next(iter(found_in(library.catalogue.policy_contradictions, answers)), None)
