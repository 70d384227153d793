from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ticket_clocks import LimitUnit, OperatorLimit
from bot.planner.calendar import ONE_DAY
from bot.services.times.deadlines import due_after
from bot.services.times.local_time import LOCAL
from tests.casework_factories import calendar, local, rules

HOUR, DAY = LimitUnit.WORKING_HOUR, LimitUnit.WORKING_DAY


def limit(value: int, unit: LimitUnit) -> OperatorLimit:
    return OperatorLimit(value, unit, "测试", verified=False)


@pytest.mark.parametrize(
    ("start", "value", "unit", "due"),
    [
        ("2026-11-23 10:00", 1, DAY, "2026-11-24 17:00"),  # Mon -> Tue
        ("2026-11-23 23:00", 1, DAY, "2026-11-24 17:00"),  # Mon night
        ("2026-11-27 10:00", 1, DAY, "2026-11-30 17:00"),  # Fri -> Mon
        ("2026-11-28 10:00", 1, DAY, "2026-11-30 17:00"),  # Sat -> Mon
        ("2026-09-30 10:00", 3, DAY, "2026-10-10 17:00"),  # National Day, make-up Sat 10 Oct
        ("2026-11-23 10:00", 2, HOUR, "2026-11-23 12:00"),
        ("2026-11-23 07:00", 2, HOUR, "2026-11-23 11:00"),  # before opening
        ("2026-11-23 15:00", 2, HOUR, "2026-11-23 17:00"),  # to the minute
        ("2026-11-23 16:00", 2, HOUR, "2026-11-24 10:00"),
        ("2026-11-23 19:00", 2, HOUR, "2026-11-24 11:00"),  # after closing
        ("2026-11-27 16:30", 2, HOUR, "2026-11-30 10:30"),  # over the weekend
        ("2026-11-23 11:00", 2, HOUR, "2026-11-23 14:00"),  # over noon
        ("2026-11-23 12:30", 1, HOUR, "2026-11-23 14:00"),  # in the break
        ("2026-11-23 10:00", 14, HOUR, "2026-11-25 10:00"),
    ],
)
def test_limits_run_in_working_time(start: str, value: int, unit: LimitUnit, due: str) -> None:
    found = due_after(limit(value, unit), local(start), rules(), calendar())
    assert (found.at, found.provisional) == (local(due), False)


@pytest.mark.parametrize("unit", [HOUR, DAY])
def test_a_limit_that_reaches_an_unpublished_year_is_provisional(unit: LimitUnit) -> None:
    assert due_after(limit(40, unit), local("2026-12-25 10:00"), rules(), calendar()).provisional


@settings(max_examples=150, deadline=None)
@given(
    minutes=st.integers(0, 300 * 24 * 60),
    hours=st.integers(1, 30),
)
def test_working_hours_agree_with_counting_minutes(minutes: int, hours: int) -> None:
    start = local("2026-01-05 00:00") + timedelta(minutes=minutes)
    due = due_after(limit(hours, HOUR), start, rules(), calendar()).at
    assert _working_minutes(start.astimezone(LOCAL), due.astimezone(LOCAL)) == hours * 60


def _working_minutes(start: datetime, end: datetime) -> int:
    """Count the working minutes in [start, end), one day after the other."""
    total, day = 0, start.replace(hour=0, minute=0)
    while day < end:
        if calendar().is_working_day(day.date()):
            for first, last in ((9, 12), (13, 17)):
                opens = max(start, day.replace(hour=first))
                closes = min(end, day.replace(hour=last))
                total += max(0, int((closes - opens).total_seconds()) // 60)
        day += ONE_DAY
    return total
