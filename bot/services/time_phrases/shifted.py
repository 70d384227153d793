"""A day told by another one: 圣诞节前一天, 元旦过后头一个周二; part of `time_phrases`."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.planner.calendar import WorkingCalendar
from bot.services.time_phrases.clock import NUMBER, chinese_number
from bot.services.time_phrases.days import HOLIDAY
from bot.services.time_phrases.months import WEEKDAYS, DayReading, next_weekday

DayReader = Callable[[str], "DayReading | None"]
"""Reads the day in words that name it by themselves."""

NEXT_DAY = re.compile("第二天|次日|转天")
SHIFT = re.compile(
    rf"(?P<base>.{{2,24}}?)的?(?:(?P<sign>前|(?<!最)后)(?P<n>{NUMBER})[天日]"
    rf"|{NEXT_DAY.pattern})(?!之|以|后|内)"
)
FIRST_WEEKDAY = re.compile(
    rf"(?:过[了完](?P<past>.{{2,24}}?)|(?P<base>.{{2,24}}?)(?:过了?|之|以)?后)的?"
    rf"第一个(?:周|星期)(?P<day>[{WEEKDAYS}])"
)
WEEKDAY_BEFORE = re.compile(
    rf"(?P<base>.{{2,24}}?)[之以]?前(?:的?(?:最后一|那)个?|的)(?:周|星期)(?P<day>[{WEEKDAYS}])"
)
WORKDAY_AFTER = re.compile(
    "(?P<base>.{2,24}?)[过之以]?后的?第(?P<nth>[一二三四五])个?(?:工作日|上班的?[天日])"
)
WORKDAY_BEFORE = re.compile("(?P<base>.{2,24}?)[之以]?前的?最后一个?(?:工作日|上班的?[天日])")
DAY_AFTER = re.compile("(?P<base>.{2,24}?)[过之以]?后的?第(?P<nth>[一二三])天")
ONE_TWO = "一二三四五"


def shifted_day(words: str, read: DayReader, calendar: WorkingCalendar) -> DayReading | None:
    """Return the day that lies before or after another one in the words; None where none does.

    Args:
        words: Normalised words without a time of day.
        read: Reads the other day.
        calendar: Working days.
    """
    return (
        _first_weekday(words, read)
        or _last_weekday(words, read)
        or _workday_beside(words, read, calendar)
        or _days_beside(words, read)
    )


def _last_weekday(words: str, read: DayReader) -> DayReading | None:
    """Read the last of a weekday before another day: 元旦前最后一个周三."""
    found = WEEKDAY_BEFORE.match(words)
    base = _day_alone(found["base"], read) if found else None
    if found is None or base is None or base.on is None:
        return None
    by = (base.on.weekday() - WEEKDAYS.index(found["day"]) - 1) % 7 + 1
    return replace(base, on=base.on - timedelta(days=by), ambiguous=False)


def _workday_beside(words: str, read: DayReader, calendar: WorkingCalendar) -> DayReading | None:
    """Read a working day by a day that is no public holiday: 冬至后第一个工作日."""
    after, before = WORKDAY_AFTER.match(words), WORKDAY_BEFORE.match(words)
    day, found = DAY_AFTER.match(words), after or before
    found = found or day
    if found is None or HOLIDAY.search(found["base"]):
        return None
    base = _day_alone(found["base"], read)
    if base is None or base.on is None:
        return None
    if before is not None:
        on = base.on - timedelta(days=1)
        while not calendar.is_working_day(on):
            on -= timedelta(days=1)
        return replace(base, on=on)
    by = ONE_TWO.index(found["nth"]) + 1
    if after is None:
        return replace(base, on=base.on + timedelta(days=by))
    due = calendar.add_working_days(base.on, by)
    return replace(base, on=due.on, provisional=due.provisional)


def _day_alone(words: str, read: DayReader) -> DayReading | None:
    return read(words) or read(f"{words}那天")


def _days_beside(words: str, read: DayReader) -> DayReading | None:
    found = SHIFT.match(words)
    base = _day_alone(found["base"], read) if found else None
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
