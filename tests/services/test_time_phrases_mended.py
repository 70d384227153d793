"""Slips that are mended inside a phrase, and words for days; Monday 2026-11-30, 10:00."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.services.time_phrases.time_phrases import TimePhrase, parse_time_phrase
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def read(text: str) -> TimePhrase:
    return parse_time_phrase(text, NOW, CALENDAR)


@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("明天下午两点，哎不行，改三点吧", "2026-12-01", "15:00"),
        ("后天…说错了 大后天 早上8点半", "2026-12-03", "08:30"),
        ("12月9号 打错了是19号 下午1点", "2026-12-19", "13:00"),
        ("1月9号下午两点，写错了，10号", "2027-01-10", "14:00"),
        ("周三上午十点，不对，周四", "2026-12-03", "10:00"),
        ("周三上午十点不行，下午三点吧", "2026-12-02", "15:00"),
        ("明天三点行不行", "2026-12-01", "15:00"),
        ("明天上午九点，不行就算了", "2026-12-01", "09:00"),
        ("明天九点吧 算了还是十点", "2026-12-01", "10:00"),
        ("半拉钟头后", "2026-11-30", "10:30"),
        ("仨钟头以后", "2026-11-30", "13:00"),
        ("仨小时后", "2026-11-30", "13:00"),
        ("12.15 1430", "2026-12-15", "14:30"),
        ("名天下午3点", "2026-12-01", "15:00"),
        ("明朝下半日两点钟", "2026-12-01", "14:00"),
        ("年后初八 九点", "2027-02-13", "09:00"),
        ("阳历年前一天 头午11点", "2026-12-31", "11:00"),
    ],
)
def test_day_and_time_are_those_that_are_meant(text: str, on: str, at: str) -> None:
    phrase = read(text)

    assert phrase.on is not None
    assert phrase.at is not None
    assert (phrase.on.isoformat(), f"{phrase.at:%H:%M}") == (on, at)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("下个月底那个周五 上午", "2026-12-25"),
        ("月底那个周一", "2026-11-30"),
        ("十二月份倒数第二个工作日 下午", "2026-12-30"),
        ("十二月最后一个工作日", "2026-12-31"),
        ("十二月第一个工作日", "2026-12-01"),
        ("下个月倒数第一个工作日", "2026-12-31"),
        ("第二个工作日", "2026-12-01"),
        ("正月十五后晌", "2027-02-20"),
        ("周思上午", "2026-12-03"),
    ],
)
def test_days_told_in_other_words(text: str, on: str) -> None:
    phrase = read(text)

    assert phrase.on is not None
    assert phrase.on.isoformat() == on


def test_a_weekday_that_is_today_at_an_hour_that_is_over_is_in_a_week() -> None:
    phrase = read("周一早晨九点")

    assert phrase.on is not None
    assert (phrase.on.isoformat(), phrase.ambiguous, phrase.is_past) == ("2026-12-07", True, False)


@pytest.mark.parametrize("text", ["今天早上九点", "这周一早上九点", "夜来后晌三点"])
def test_what_is_over_stays_over(text: str) -> None:
    assert read(text).is_past


@pytest.mark.parametrize("text", ["十三月第一个工作日", "说错了", "不对，算了"])
def test_no_day_is_made_up(text: str) -> None:
    phrase = read(text)

    assert phrase.on is None or phrase.ambiguous
