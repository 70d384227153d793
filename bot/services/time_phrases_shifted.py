"""A day told by another one: 圣诞节前一天, 元旦过后头一个周二; part of `time_phrases`."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.services.time_phrases_clock import NUMBER, chinese_number
from bot.services.time_phrases_days import HOLIDAY
from bot.services.time_phrases_months import WEEKDAYS, DayReading, next_weekday

DayReader = Callable[[str], "DayReading | None"]
"""Reads the day in words that name it by themselves."""

NEXT_DAY = re.compile("第二天|次日|转天")
SHIFT = re.compile(
    rf"(?P<base>.{{2,24}}?)的?(?:(?P<sign>前|(?<!最)后)(?P<n>{NUMBER})[天日]|{NEXT_DAY.pattern})(?!之|以|后|内)"
)
FIRST_WEEKDAY = re.compile(
    rf"(?:过[了完](?P<past>.{{2,24}}?)|(?P<base>.{{2,24}}?)(?:过了?|之|以)?后)的?"
    rf"第一个(?:周|星期)(?P<day>[{WEEKDAYS}])"
)


def shifted_day(words: str, read: DayReader) -> DayReading | None:
    """Return the day that lies before or after another one in the words; None where none does.

    Args:
        words: Normalised words without a time of day.
        read: Reads the other day.
    """
    return _first_weekday(words, read) or _days_beside(words, read)


def _days_beside(words: str, read: DayReader) -> DayReading | None:
    found = SHIFT.match(words)
    base = (read(found["base"]) or read(f"{found['base']}那天")) if found else None
    if found is None or base is None or base.on is None:
        return base
    by = chinese_number(found["n"]) if found["n"] else 1
    is_holiday = HOLIDAY.search(found["base"]) is not None
    is_vague = is_holiday and found["sign"] == "后"  # behind its first day or its last
    on = base.on + timedelta(days=-by if found["sign"] == "前" else by)
    return replace(base, on=on, ambiguous=is_vague or (base.ambiguous and not is_holiday))


def _first_weekday(words: str, read: DayReader) -> DayReading | None:
    found = FIRST_WEEKDAY.match(words)
    if found is None:
        return None
    said = found["past"] or found["base"]
    is_holiday = HOLIDAY.search(said) is not None
    base = read(f"{said}后" if is_holiday else said)
    if base is None or base.on is None:
        return base
    first = base.on if is_holiday else base.on + timedelta(days=1)
    return replace(base, on=next_weekday(first, WEEKDAYS.index(found["day"])))
