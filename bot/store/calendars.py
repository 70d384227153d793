"""Loads the working calendar: the library's official tables, overridden by `data/calendar/`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chinese_calendar import constants
from ruamel.yaml import YAML

from bot.planner.calendar import CalendarYear, WorkingCalendar, arrangement_year
from bot.planner.errors import InvalidCalendar
from bot.planner.holiday_notice import NoticeHoliday

LIBRARY_SOURCE = "chinesecalendar"
"""Source named for a year that has no file of its own."""

HOLIDAY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "New Year's Day": "元旦",
        "Spring Festival": "春节",
        "Tomb-sweeping Day": "清明节",
        "Labour Day": "劳动节",
        "Dragon Boat Festival": "端午节",
        "Mid-autumn Festival": "中秋节",
        "National Day": "国庆节",
        "Anti-Fascist 70th Day": "抗战胜利纪念日",
    }
)
"""The library's names and those of the official arrangements."""


def load_calendar(path: Path, *more: Path) -> WorkingCalendar:
    """Build the calendar from the library and the files `<year>.yml` in `path`.

    A file replaces the library's whole arrangement for its year.

    Args:
        path: Folder of the override files, usually `data/calendar`; it may be empty or missing.
        more: Folders whose files replace those again, such as what officials loaded at the desk.

    Raises:
        InvalidCalendar: A file does not hold what `data/calendar/README.md` asks for.
    """
    years = library_years()
    for folder in (path, *more):
        for file in sorted(folder.glob("[0-9][0-9][0-9][0-9].yml")):
            year = read_year(file)
            years[year.year] = year
    return WorkingCalendar(tuple(years[number] for number in sorted(years)))


def library_years() -> dict[int, CalendarYear]:
    """Return the arrangements the library knows, by year.

    The library sorts days by their own year; late December days belong to the next year's
    arrangement here, so its last year ends on 27 December until the next release.
    """
    days_off = {day: HOLIDAY_NAMES.get(name, name) for day, name in constants.holidays.items()}
    last = max(day.year for day in constants.holidays)
    return {
        year: CalendarYear(
            year=year,
            days_off={d: name for d, name in days_off.items() if arrangement_year(d) == year},
            make_up_days=frozenset(d for d in constants.workdays if arrangement_year(d) == year),
            source=LIBRARY_SOURCE,
        )
        for year in range(min(day.year for day in constants.holidays), last + 1)
    }


def read_year(file: Path) -> CalendarYear:
    """Read one override file.

    Raises:
        InvalidCalendar: The file lacks a field, names another year than its own name says, or
            its days contradict each other.
    """
    content: Any = YAML(typ="safe").load(file)
    if not isinstance(content, Mapping):
        raise InvalidCalendar(f"{file.name}: not a mapping")
    if content.get("year") != int(file.stem):
        raise InvalidCalendar(f"{file.name}: year is {content.get('year')!r}")
    try:
        days_off = dict(_days_off(content["holidays"]))
        make_up = frozenset(_date(d) for h in content["holidays"] for d in h.get("make_up", ()))
        return CalendarYear(content["year"], days_off, make_up, str(content["source"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidCalendar(f"{file.name}: {error!r}") from error


def write_year(folder: Path, year: CalendarYear, holidays: Sequence[NoticeHoliday]) -> Path:
    """Write an override file, whole or not at all; returns it."""
    content = {
        "year": year.year,
        "source": year.source,
        "holidays": [
            {"name": one.name, "off": list(one.days_off), "make_up": list(one.make_up_days)}
            for one in holidays
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{year.year}.yml"
    partial = file.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as out:
        YAML(typ="safe").dump(content, out)
    partial.replace(file)
    return file


def _days_off(holidays: list[Mapping[str, Any]]) -> Iterator[tuple[date, str]]:
    for holiday in holidays:
        for day in holiday["off"]:
            yield _date(day), str(holiday["name"])


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no date; write it as 2027-01-01 without quotes")
    return value
