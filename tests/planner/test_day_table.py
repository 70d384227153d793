from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.planner.calendar import DueDate
from bot.planner.calendar_days import with_calendar_days
from bot.planner.day_table import DayTable
from bot.planner.errors import CalendarNotCovered, NegativeWorkingDays
from bot.planner.graph import Step
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
days = st.dates(date(2025, 12, 1), date(2027, 6, 1))


@settings(deadline=None, max_examples=60)
@given(start=days, lengths=st.lists(st.floats(0, 60), min_size=1, max_size=8))
def test_the_table_gives_the_dates_of_the_calendar(start: date, lengths: list[float]) -> None:
    table = DayTable(start, CALENDAR)

    assert [table.after(n) for n in lengths] == [
        CALENDAR.add_working_days(start, n) for n in lengths
    ]


def test_a_table_refuses_what_the_calendar_refuses() -> None:
    with pytest.raises(NegativeWorkingDays):
        DayTable(date(2026, 9, 16), CALENDAR).after(-1)
    with pytest.raises(CalendarNotCovered):
        DayTable(date(2026, 12, 20), CALENDAR.strict()).after(20)


def test_a_notice_of_twenty_days_that_ends_in_the_national_day_ends_after_it() -> None:
    """16 September + 20 days is 6 October, inside the holiday; the 8th is the first day after."""
    notice = Step("notice", "公示", calendar_days=20)
    after = Step("after", "注销", depends_on=("notice",))
    made = with_calendar_days((notice, after), date(2026, 9, 16), CALENDAR)

    due = CALENDAR.add_working_days(date(2026, 9, 16), made[0].working_days)
    assert due == DueDate(date(2026, 10, 8), provisional=False)
    assert made[1] == after


def test_a_notice_starts_when_what_it_waits_for_is_due() -> None:
    first = Step("first", "决议", working_days=3)
    notice = Step("notice", "公告", depends_on=("first",), calendar_days=45)
    made = with_calendar_days((first, notice), date(2026, 3, 2), CALENDAR)

    start = CALENDAR.add_working_days(date(2026, 3, 2), 3).on  # Thursday 5 March
    end = CALENDAR.add_working_days(date(2026, 3, 2), 3 + made[1].working_days).on
    assert start == date(2026, 3, 5)
    assert end == date(2026, 4, 20), "19 April is a Sunday"
    assert end - start >= timedelta(days=45)


def test_a_skipped_notice_takes_no_time() -> None:
    skipped = Step("notice", "公示", calendar_days=20, is_skipped=True)
    assert with_calendar_days((skipped,), date(2026, 9, 16), CALENDAR) == (skipped,)
