"""Phrases for a time of many kinds, read on Monday 2026-11-30 at 10:00 in Shanghai.

`times_35.txt` holds them under the names of their kinds, one a line: what is typed, the day that a
clerk would understand, and the hour or part of the day. `?` stands for what is asked back (several
days, a bound, one that is over), `-` for no day.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.services.time_phrases.sounds import as_meant
from bot.services.time_phrases.time_phrases import TimePhrase, parse_time_phrase
from bot.services.time_phrases.unsuitable import leaves_days_out
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FILE = Path(__file__).with_name("times_35.txt")


def kinds() -> dict[str, list[str]]:
    """Return the lines of each kind."""
    found: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            lines = found.setdefault(line.removeprefix("# "), [])
        elif line:
            lines.append(line)
    return found


KINDS = kinds()


def read(text: str) -> TimePhrase:
    return parse_time_phrase(text, NOW, CALENDAR)


def is_read(line: str) -> bool:
    """Tell whether the phrase of a line is read as the line says."""
    text, day, hour = (*line.split("|"), "")[:3]
    phrase = read(text)
    at = f"{phrase.at:%H:%M}" if phrase.at else ""
    part = phrase.part_of_day.value if phrase.part_of_day else ""
    on = phrase.on.isoformat() if phrase.on else "-"
    if day == "?":
        return phrase.on is None or phrase.ambiguous or phrase.is_past
    if day == "-" and not hour:
        return phrase.is_empty
    return on == day and (at or part) == hour


@pytest.mark.parametrize("kind", KINDS)
def test_phrases_of_a_kind_are_read_as_a_clerk_would(kind: str) -> None:
    assert [line for line in KINDS[kind] if not is_read(line)] == []


@pytest.mark.parametrize(
    "text",
    [
        "周四之前上午",
        "下周三上午或者周四上午",
        "周二三下午",
        "3号到5号上午",
        "下周三左右上午",
        "要是周三没号就周四上午",
        "明天周三上午",
    ],
)
def test_more_than_one_day_is_asked_whatever_the_hour(text: str) -> None:
    assert read(text).several


@pytest.mark.parametrize(
    "text",
    [
        "周四上午九点到十点都行",
        "周四上午或者下午都行",
        "周四三点或者四点",
        "周三不行，周四上午",
        "12月3号9点-11点",
        "三天后上午",
        "25号以后第一个周一上午",
    ],
)
def test_one_day_with_several_hours_is_one(text: str) -> None:
    assert not read(text).several


@pytest.mark.parametrize("text", ["除了周五都行", "除礼拜五外都可以", "下周三除外", "避开周三"])
def test_days_are_left_out(text: str) -> None:
    assert leaves_days_out(text)


@pytest.mark.parametrize("text", ["周五都行", "除了执照还要啥", "周五以前"])
def test_no_day_is_left_out(text: str) -> None:
    assert not leaves_days_out(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("礼拜山下五", "礼拜三下午"),
        ("夏周武上舞", "下周五上午"),
        ("明添两店半", "明天两点半"),
        ("新期四", "星期四"),
        ("后填头五", "后天头午"),
        ("十二月三好", "十二月三号"),
        ("圆旦前一天", "元旦前一天"),
    ],
)
def test_what_is_typed_by_its_sound_is_put_right(text: str, meant: str) -> None:
    assert as_meant(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "周武在吗",
        "周思远",
        "我叫周武",
        "上五楼",
        "晚上五点",
        "楼上五号窗口",
        "两店合并",
        "后田村",
        "金天大厦",
        "东至县",
        "三好学生",
        "周时和周事",
        "明天三点办证",
        "周以后",
        "明天十点吧",
    ],
)
def test_names_and_other_words_stay(text: str) -> None:
    assert as_meant(text) == text
