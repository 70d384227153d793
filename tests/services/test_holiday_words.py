"""Which public holiday is asked about."""

from datetime import date

import pytest

from bot.documents.holiday_text import holiday_text
from bot.planner.calendar import CalendarYear, WorkingCalendar
from bot.services.words.holiday import holiday_asked

OFF = {date(2026, 10, day): "国庆节" for day in range(1, 8)}
CALENDAR = WorkingCalendar(
    (CalendarYear(2026, OFF, frozenset({date(2026, 9, 20), date(2026, 10, 10)}), "国办通知"),)
)
SUMMER = date(2026, 7, 1)


def test_the_next_one_is_meant_and_told_with_what_is_worked() -> None:
    asked = holiday_asked("国庆放几天假", SUMMER, CALENDAR)
    assert asked is not None
    assert holiday_text(asked) == (
        "2026年国庆节放假 7 天：10月1日到10月7日；前后要上班的周末：9月20日、10月10日。（国办通知）"
    )


def test_one_that_is_over_is_that_of_the_next_year_which_is_not_published() -> None:
    asked = holiday_asked("十一放几天", date(2026, 11, 1), CALENDAR)
    assert asked is not None
    assert (asked.year, asked.days) == (2027, None)
    assert "还没有" in holiday_text(asked)


def test_a_year_that_is_named_is_meant() -> None:
    asked = holiday_asked("2026年国庆几号上班", date(2026, 11, 1), CALENDAR)
    assert asked is not None
    assert asked.year == 2026


@pytest.mark.parametrize("text", ["国庆前能办完吗", "约国庆后第一天", "十一个人", "放几天假"])
def test_other_texts_ask_for_none(text: str) -> None:
    assert holiday_asked(text, SUMMER, CALENDAR) is None
