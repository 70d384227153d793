from datetime import date

import pytest

from bot.planner.calendar import DueDate
from bot.services.plans.words import chinese_date, chinese_due, chinese_length

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("working_days", "words"),
    [
        (0, "即办"),
        (0.125, "1小时"),
        (0.25, "2小时"),
        (0.3, "3小时"),
        (1, "1个工作日"),
        (3.25, "4个工作日"),
        (0.1 + 0.2 + 0.7, "1个工作日"),
    ],
)
def test_lengths_are_rounded_up(working_days: float, words: str) -> None:
    assert chinese_length(working_days) == words


def test_dates_name_the_weekday_and_another_year() -> None:
    assert chinese_date(date(2026, 12, 1), TODAY) == "12月1日（周二）"
    assert chinese_date(date(2027, 1, 4), TODAY) == "2027年1月4日（周一）"
    assert chinese_date(date(2026, 12, 1), TODAY, weekday=False) == "12月1日"


def test_a_provisional_date_says_so() -> None:
    assert chinese_due(DueDate(date(2027, 1, 4), provisional=True), TODAY).endswith("暂定")
    assert "暂定" not in chinese_due(DueDate(date(2026, 12, 1), provisional=False), TODAY)
