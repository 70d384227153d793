from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.planner.calendar import CalendarYear, DayCount, DueDate, Holiday, WorkingCalendar
from bot.planner.errors import CalendarNotCovered, InvalidCalendar, NegativeWorkingDays
from bot.planner.hours import InvalidServiceHours, ServiceHours
from bot.planner.openings import Opening, next_opening
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = ServiceHours(((time(9), time(12)), (time(13, 30), time(17))))
official_days = st.dates(date(2020, 1, 1), date(2026, 6, 30))


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 9, 16), 0, date(2026, 9, 16)),  # Wed: day 0 itself
        (date(2026, 9, 16), 1, date(2026, 9, 17)),  # Wed -> Thu
        (date(2026, 9, 16), 3, date(2026, 9, 20)),  # Wed -> Sun, worked for National Day
        (date(2026, 9, 24), 1, date(2026, 9, 28)),  # Thu -> Mon, over Mid-autumn
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # Wed -> Thu, over National Day
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Wed -> Sat, worked
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # Fri -> Sat, worked for Spring Festival
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # Sat -> Tue, over Spring Festival
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # Sat: off, so Mon
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Sat -> Mon: day 0 may be off
        (date(2026, 11, 23), 0.25, date(2026, 11, 24)),  # Mon + two hours -> Tue
        (date(2026, 11, 23), 15, date(2026, 12, 14)),  # Mon -> Mon three weeks on
        (date(2018, 12, 28), 1, date(2018, 12, 29)),  # Fri -> Sat, worked for New Year
        (date(2018, 12, 29), 1, date(2019, 1, 2)),  # Sat -> Wed
    ],
)
def test_official_due_dates(start: date, n: float, due: date) -> None:
    assert CALENDAR.add_working_days(start, n) == DueDate(due, provisional=False)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2026, 12, 25), 1, date(2026, 12, 28)),  # Fri -> Mon, decided by the 2027 arrangement
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # Thu -> Mon, New Year's Day on Fri
        (date(2027, 4, 30), 1, date(2027, 5, 3)),  # Fri -> Mon, 1 and 2 May on a weekend
        (date(2027, 9, 30), 1, date(2027, 10, 4)),  # Thu -> Mon, 1 to 3 October
        (date(2027, 3, 6), 0, date(2027, 3, 8)),  # Sat -> Mon
    ],
)
def test_dates_of_an_unpublished_year_are_provisional(start: date, n: float, due: date) -> None:
    assert CALENDAR.add_working_days(start, n) == DueDate(due, provisional=True)


def test_a_strict_calendar_refuses_an_unpublished_year() -> None:
    with pytest.raises(CalendarNotCovered) as caught:
        CALENDAR.strict().add_working_days(date(2026, 12, 21), 10)
    assert caught.value.day == date(2026, 12, 28)


def test_a_strict_calendar_answers_inside_its_years() -> None:
    assert CALENDAR.strict().next_working_day(date(2026, 11, 20)).on == date(2026, 11, 23)


def test_2026_has_the_official_number_of_working_days() -> None:
    """The count published with the arrangement: 248."""
    first, last = date(2025, 12, 31), date(2026, 12, 31)
    assert CALENDAR.working_days_between(first, last) == DayCount(248, provisional=True)


def test_counting_backwards_is_zero() -> None:
    assert CALENDAR.working_days_between(date(2026, 9, 2), date(2026, 9, 1)).days == 0


def test_negative_working_days_are_refused() -> None:
    with pytest.raises(NegativeWorkingDays):
        CALENDAR.add_working_days(date(2026, 9, 1), -1)


@settings(deadline=None)
@given(start=official_days, n=st.integers(1, 120))
def test_due_date_equals_a_count_day_by_day(start: date, n: int) -> None:
    days = [start + timedelta(days=i) for i in range(1, 400)]
    worked = [day for day in days if CALENDAR.is_working_day(day)]
    assert CALENDAR.add_working_days(start, n).on == worked[n - 1]


@settings(deadline=None)
@given(start=official_days, n=st.integers(1, 120))
def test_between_undoes_add(start: date, n: int) -> None:
    due = CALENDAR.add_working_days(start, n)
    assert CALENDAR.working_days_between(start, due.on) == DayCount(n, due.provisional)


@settings(deadline=None)
@given(start=official_days, n=st.floats(0, 60), more=st.floats(0, 60))
def test_more_days_are_never_due_earlier(start: date, n: float, more: float) -> None:
    sooner, later = (CALENDAR.add_working_days(start, x).on for x in (n, n + more))
    assert start <= sooner <= later
    assert CALENDAR.is_working_day(sooner)


def test_sums_of_hours_do_not_cost_an_extra_day() -> None:
    assert CALENDAR.add_working_days(date(2026, 9, 1), 0.1 + 0.2 + 0.7).on == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), [2027]),
        (date(2026, 11, 23), [2027]),
        (date(2027, 3, 1), [2027]),
        (date(2027, 12, 1), [2027, 2028]),
    ],
)
def test_missing_years_are_named_from_november(today: date, missing: list[int]) -> None:
    years = tuple(y for y in CALENDAR.years if y.year <= 2026)
    assert WorkingCalendar(years).missing_years(today) == missing


def test_holidays_are_runs_of_days() -> None:
    assert list(CALENDAR.holidays(2026))[-2:] == [
        Holiday("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
        Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
    ]


def test_a_year_may_end_inside_a_holiday() -> None:
    assert list(CALENDAR.holidays(2018))[-1] == Holiday(
        "元旦", date(2018, 12, 30), date(2018, 12, 31)
    )


def test_an_unpublished_year_knows_only_fixed_holidays() -> None:
    assert [h.name for h in CALENDAR.holidays(2031)] == ["元旦", "劳动节", "国庆节"]


def _year(off: dict[date, str], make_up: set[date], year: int = 2030) -> CalendarYear:
    return CalendarYear(year, off, frozenset(make_up), "test")


@pytest.mark.parametrize(
    ("off", "make_up"),
    [
        ({date(2030, 1, 5): "元旦"}, {date(2030, 1, 5)}),
        ({date(2031, 1, 1): "元旦"}, set()),
        ({date(2030, 12, 31): "元旦"}, set()),
        ({}, {date(2030, 1, 2)}),
    ],
)
def test_contradicting_years_are_refused(off: dict[date, str], make_up: set[date]) -> None:
    with pytest.raises(InvalidCalendar):
        _year(off, make_up)


def test_the_same_year_twice_is_refused() -> None:
    with pytest.raises(InvalidCalendar):
        WorkingCalendar((_year({}, set()), _year({}, set())))


def test_a_holiday_may_end_on_the_last_day_of_its_arrangement() -> None:
    calendar = WorkingCalendar((_year({date(2030, 12, 27): "x"}, set()), _year({}, set(), 2031)))
    assert list(calendar.holidays(2030)) == [Holiday("x", date(2030, 12, 27), date(2030, 12, 27))]


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        (local(2026, 9, 20, 9, 0), True),  # Sun, worked
        (local(2026, 9, 20, 12, 0), False),
        (local(2026, 9, 21, 13, 29), False),  # Mon
        (local(2026, 9, 21, 16, 59), True),
        (local(2026, 9, 21, 17, 0), False),
        (local(2026, 9, 25, 10, 0), False),  # Fri, Mid-autumn
    ],
)
def test_working_time_is_hours_of_working_days(moment: datetime, working: bool) -> None:
    assert CALENDAR.is_working_time(moment, HOURS) is working


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (local(2026, 9, 21, 10, 5), local(2026, 9, 21, 10, 5)),  # Mon, open
        (local(2026, 9, 21, 8, 0), local(2026, 9, 21, 9, 0)),
        (local(2026, 9, 21, 12, 30), local(2026, 9, 21, 13, 30)),
        (local(2026, 9, 24, 18, 0), local(2026, 9, 28, 9, 0)),  # Thu -> Mon
        (local(2026, 10, 3, 10, 0), local(2026, 10, 8, 9, 0)),  # Sat off -> Thu
    ],
)
def test_next_opening(moment: datetime, opening: datetime) -> None:
    assert next_opening(moment, HOURS, CALENDAR) == Opening(opening, provisional=False)


@pytest.mark.parametrize("hour", [8, 10, 20])
def test_next_opening_in_an_unpublished_year_is_provisional(hour: int) -> None:
    assert next_opening(local(2027, 3, 1, hour), HOURS, CALENDAR).provisional


@pytest.mark.parametrize(
    "periods",
    [
        (),
        ((time(9), time(9)),),
        ((time(12), time(9)),),
        ((time(9), time(12)), (time(11), time(17))),
    ],
)
def test_impossible_hours_are_refused(periods: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(InvalidServiceHours):
        ServiceHours(periods)
