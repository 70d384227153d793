from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot.services.plans.dates import NamedStart, StartFault, planned_start, read_start
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
NOW = datetime(2026, 11, 24, 2, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("从12月10号开始办", date(2026, 12, 10)),
        ("下周一拿地", date(2026, 11, 30)),
        ("改成明年3月1号开始", date(2027, 3, 1)),
        ("明天开始", date(2026, 11, 25)),
    ],
)
def test_a_day_to_start_on_is_read(text: str, day: date) -> None:
    assert read_start(text, NOW, CALENDAR) == NamedStart(day)


@pytest.mark.parametrize(
    "text", ["我想开始办", "拿了块工业用地想盖厂房", "12月10号", "先前就开始了"]
)
def test_a_sentence_without_day_or_verb_names_no_start(text: str) -> None:
    assert read_start(text, NOW, CALENDAR) is None


def test_a_day_in_the_past_is_a_fault() -> None:
    said = read_start("2020年1月1号开始", NOW, CALENDAR)
    assert said == NamedStart(date(2020, 1, 1), StartFault.PAST)


def test_a_day_beyond_the_known_calendar_is_a_fault() -> None:
    """The calendar ends with 2026; 2027 is provisional, later years cannot be counted."""
    said = read_start("2031年3月1日开始办", NOW, CALENDAR)
    assert said == NamedStart(date(2031, 3, 1), StartFault.BEYOND_CALENDAR)


def test_a_plan_never_starts_before_today() -> None:
    today = date(2026, 11, 24)
    assert planned_start(None, today) == today
    assert planned_start("2026-11-01", today) == today
    assert planned_start("2026-12-01", today) == date(2026, 12, 1)
