"""The working calendar: public holidays, make-up working days, and counting over both.

A year for which the State Council has published no arrangement is *provisional*: only weekends and
the statutory days with a fixed date are taken as off, and every answer that touched such a year
says so. A strict calendar refuses instead.

All dates are local dates (Asia/Shanghai).
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from bot.planner.errors import CalendarNotCovered, InvalidCalendar, NegativeWorkingDays
from bot.planner.hours import ServiceHours

ONE_DAY = timedelta(days=1)

SATURDAY = 5
"""`date.weekday()` of the first day of the weekend."""

ROUNDING_SLACK = 1e-9
"""Sums of hours as fractions of a day are rounded up to days after taking this much off."""

FIRST_UNPUBLISHED_DAY_OF_DECEMBER = 28
"""From this day on, December belongs to the arrangement of the *next* year.

The New Year holiday has reached back to 29 December (2007-12-29 and 2018-12-29 were made working
days, 2018-12-31 a day off), each time by the arrangement published for the following year.
"""

PUBLICATION_MONTH = 11
"""Month in which the arrangement of the next year is expected (2026's came on 2025-11-04)."""

FIXED_STATUTORY_DAYS: Mapping[tuple[int, int], str] = MappingProxyType(
    {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节"}
    | {(10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
)
"""(month, day) of the statutory days that need no lunar calendar.

Source: 全国年节及纪念日放假办法 (2024年修订) 第二条.
"""


@dataclass(frozen=True)
class CalendarYear:
    """The official arrangement for one year.

    Attributes:
        year: The year the arrangement is for; it may contain days of late December before it.
        days_off: Name of the holiday for each day off, weekend days inside a holiday included.
        make_up_days: Weekend days that are worked instead (调休).
        source: The published document or the library the days come from.
    """

    year: int
    days_off: Mapping[date, str]
    make_up_days: frozenset[date]
    source: str

    def __post_init__(self) -> None:
        """Check the days.

        Raises:
            InvalidCalendar: A day lies outside the arrangement's year, is both off and worked, or
                is a make-up day that is no weekend day.
        """
        both = self.make_up_days.intersection(self.days_off)
        foreign = [
            d for d in (*self.days_off, *self.make_up_days) if arrangement_year(d) != self.year
        ]
        workdays = [d for d in self.make_up_days if d.weekday() < SATURDAY]
        for days, complaint in (
            (both, "both off and worked"),
            (foreign, f"not a day of the arrangement for {self.year}"),
            (workdays, "a make-up day that is no weekend day"),
        ):
            if days:
                raise InvalidCalendar(f"{min(days).isoformat()}: {complaint}")


@dataclass(frozen=True)
class DueDate:
    """A date computed with the calendar.

    Attributes:
        on: The local date.
        provisional: True when a day on the way has no official arrangement yet, so the date may
            still move; say so wherever the date is shown.
    """

    on: date
    provisional: bool


@dataclass(frozen=True)
class DayCount:
    """A number of working days and whether a day without an official arrangement was counted."""

    days: int
    provisional: bool


@dataclass(frozen=True)
class Holiday:
    """One run of days off with one name; both ends included."""

    name: str
    first: date
    last: date


def arrangement_year(day: date) -> int:
    """Return the year whose arrangement decides whether `day` is worked."""
    is_late = day.month == 12 and day.day >= FIRST_UNPUBLISHED_DAY_OF_DECEMBER  # noqa: PLR2004
    return day.year + 1 if is_late else day.year


def whole_days(working_days: float) -> int:
    """Return `working_days` rounded up to whole days; two hours (0.25) are one day.

    Raises:
        NegativeWorkingDays: The number is below zero.
    """
    if working_days < 0:
        raise NegativeWorkingDays(f"{working_days} working days")
    return math.ceil(working_days - ROUNDING_SLACK)


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days by year. Immutable; counting costs O(days walked).

    Attributes:
        years: The official arrangements, one a year.
        is_strict: Raise `CalendarNotCovered` instead of answering provisionally.

    Source: 行政许可法 第八十二条 (time limits count working days, without public holidays).
    """

    years: tuple[CalendarYear, ...]
    is_strict: bool = False
    _days_off: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _make_up_days: frozenset[date] = field(init=False, repr=False, compare=False)
    _covered: frozenset[int] = field(init=False, repr=False, compare=False)
    fingerprint: str = field(init=False, repr=False, compare=False)
    """Changes whenever a day off or a make-up day does; due dates are stored with it."""

    def __post_init__(self) -> None:
        """Join the years.

        Raises:
            InvalidCalendar: The same year was given twice.
        """
        covered = frozenset(year.year for year in self.years)
        if len(covered) != len(self.years):
            raise InvalidCalendar("a year is given twice")
        days_off = {day: name for year in self.years for day, name in year.days_off.items()}
        make_up = frozenset(day for year in self.years for day in year.make_up_days)
        object.__setattr__(self, "_days_off", MappingProxyType(days_off))
        object.__setattr__(self, "_make_up_days", make_up)
        object.__setattr__(self, "_covered", covered)
        days = f"{sorted(covered)}{sorted(days_off)}{sorted(make_up)}"
        object.__setattr__(self, "fingerprint", hashlib.sha256(days.encode()).hexdigest())

    def strict(self) -> "WorkingCalendar":
        """Return the same calendar, refusing days without an official arrangement."""
        return replace(self, is_strict=True)

    def covers(self, day: date) -> bool:
        """Tell whether an official arrangement decides about `day`.

        The last days of December need the arrangement of the next year.
        """
        return arrangement_year(day) in self._covered

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is worked; ask `covers` whether that is official.

        Raises:
            CalendarNotCovered: The calendar is strict and has no arrangement for the day.
        """
        if self.covers(day):
            if day in self._make_up_days:
                return True
            return day not in self._days_off and day.weekday() < SATURDAY
        if self.is_strict:
            raise CalendarNotCovered(day)
        return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED_STATUTORY_DAYS

    def add_working_days(self, start: date, n: float) -> DueDate:
        """Return the day on which `n` working days counted from `start` have passed.

        Args:
            start: Counts as day 0, whether it is worked or not.
            n: Working days, >= 0; fractions are rounded up to whole days. With 0 the answer is
                `start` itself, or the next working day when `start` is off.

        Raises:
            NegativeWorkingDays: `n` is below zero.
            CalendarNotCovered: The calendar is strict and the count leaves the covered years.

        Source: 行政许可法 第八十二条; the start day is not counted (行政许可期限自次日起算).
        """
        left = whole_days(n)
        day, provisional = start, not self.covers(start)
        if left == 0 and not self.is_working_day(start):
            left = 1
        while left:
            day += ONE_DAY
            provisional = provisional or not self.covers(day)
            left -= self.is_working_day(day)
        return DueDate(day, provisional)

    def next_working_day(self, day: date) -> DueDate:
        """Return the first working day after `day`."""
        return self.add_working_days(day, 1)

    def working_days_between(self, start: date, end: date) -> DayCount:
        """Count the working days after `start` up to and including `end`.

        Zero when `end` is not after `start`. The inverse of `add_working_days` for n >= 1.
        """
        days, provisional = 0, False
        day = start
        while day < end:
            day += ONE_DAY
            days += self.is_working_day(day)
            provisional = provisional or not self.covers(day)
        return DayCount(days, provisional)

    def is_working_time(self, local: datetime, hours: ServiceHours) -> bool:
        """Tell whether `local` (Asia/Shanghai) is inside the service hours of a working day.

        Raises:
            CalendarNotCovered: The calendar is strict and has no arrangement for the day.
        """
        return self.is_working_day(local.date()) and hours.contains(local.time())

    def holidays(self, year: int) -> Iterator[Holiday]:
        """Yield the holidays of one calendar year in order.

        Without an arrangement only those with a fixed statutory date are known.
        """
        run: Holiday | None = None
        day = date(year, 1, 1)
        while day.year == year:
            name = self.holiday_name(day)
            if run and name == run.name:
                run = replace(run, last=day)
            else:
                if run:
                    yield run
                run = Holiday(name, day, day) if name else None
            day += ONE_DAY
        if run:
            yield run

    def holiday_name(self, day: date) -> str | None:
        """Return the name of the holiday `day` is part of, None on any other day."""
        if self.covers(day):
            return self._days_off.get(day)
        return FIXED_STATUTORY_DAYS.get((day.month, day.day))

    def missing_years(self, today: date) -> list[int]:
        """Return the years an operator has to load now, in order; empty when all is well.

        The current year is needed always, the next one from November, when it is published.
        """
        needed = [today.year]
        if today.month >= PUBLICATION_MONTH:
            needed.append(today.year + 1)
        return [year for year in needed if year not in self._covered]
