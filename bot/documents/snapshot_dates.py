"""Reads the days of a saved plan back out of its texts: a snapshot keeps words, not dates."""

import re
from dataclasses import dataclass
from datetime import date

from bot.services.plans.words import PROVISIONAL

_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True)
class DueDay:
    """A day, and whether it hangs on holidays not yet published."""

    on: date
    is_provisional: bool


def due_day(text: str, start_on: str) -> DueDay | None:
    """Return the day in a text such as "12月4日（周五）"; None when it names none.

    Args:
        text: As `bot.services.plans.words.chinese_due` writes it.
        start_on: Start of the plan with its year; a day without a year is of the same.
    """
    found, base = _DAY.search(text), _DAY.search(start_on)
    if found is None or base is None or base[1] is None:
        return None
    year = int(found[1] or base[1])
    return DueDay(date(year, int(found[2]), int(found[3])), PROVISIONAL in text)
