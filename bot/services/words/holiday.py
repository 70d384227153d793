"""Reads which public holiday is asked about: 国庆放几天假, 明年元旦哪天上班."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.planner.calendar import Holiday, WorkingCalendar
from bot.services.time_phrases.days import HOLIDAY_WORDS

NEAR = timedelta(days=14)
"""Make-up days so near a holiday are told with it."""

LONGEST = 24

_WORDS = {**HOLIDAY_WORDS, "十一": "国庆节", "大年": "春节"}
_NAMED = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_ASKS = re.compile(
    "放(几|多少|不放|假|多久)|假期|(几|哪)[号天日][^，,。]{0,4}(上班|开门|收假)|休(几|多少|不休|息|假)|调休|补班|"
    "上班(吗|不|么|没|嘛)|上不上班|开门(吗|不|么|没|嘛)|开不开门|有人(吗|不|么|没|值班|上班)|值班|歇(几|不歇)"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年?|(?P<next>明年)")


@dataclass(frozen=True)
class HolidayAsked:
    """A public holiday of one year that is asked about.

    Attributes:
        name: As in the official arrangement.
        year: Which one.
        days: First and last day off; None where no arrangement of that year is known.
        worked: Weekend days near it that are worked instead.
        source: The arrangement; empty where none is known.
    """

    name: str
    year: int
    days: Holiday | None
    worked: tuple[date, ...] = ()
    source: str = ""


def holiday_asked(text: str, today: date, calendar: WorkingCalendar) -> HolidayAsked | None:
    """Return the holiday that a text asks about; None for no such question.

    Args:
        text: What is said.
        today: Local date; without a year the next such holiday is meant.
        calendar: The arrangements.
    """
    named = _NAMED.search(text)
    if named is None or len(text) > LONGEST or _ASKS.search(text) is None:
        return None
    name, year = _WORDS[named.group()], _YEAR.search(text)
    if year is not None:
        return _of_year(name, int(year["year"] or today.year + 1), calendar)
    this = _of_year(name, today.year, calendar)
    is_over = this.days is not None and this.days.last < today
    return _of_year(name, today.year + 1, calendar) if is_over else this


def _of_year(name: str, year: int, calendar: WorkingCalendar) -> HolidayAsked:
    arranged = next((one for one in calendar.years if one.year == year), None)
    days = next((one for one in calendar.holidays(year) if one.name == name), None)
    if arranged is None or days is None:
        return HolidayAsked(name, year, None)
    worked = sorted(d for d in arranged.make_up_days if days.first - NEAR <= d <= days.last + NEAR)
    return HolidayAsked(name, year, days, tuple(worked), arranged.source)
