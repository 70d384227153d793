"""Phrases people use for days and times, read on Wednesday 2026-09-16 at 10:00 in Shanghai."""

import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from subprocess import run
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.time_phrases.time_phrases import (
    PartOfDay,
    TimePhrase,
    parse_time_phrase,
    read_back,
)
from bot.store.calendars import load_calendar

CALENDAR = load_calendar(Path("data/calendar"))
NOW = datetime(2026, 9, 16, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
IN_NOVEMBER = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MORNING, NOON, AFTERNOON, EVENING = PartOfDay


def read(text: str, now: datetime = NOW) -> TimePhrase:
    return parse_time_phrase(text, now, CALENDAR)


@pytest.mark.parametrize(
    ("text", "on", "part"),
    [
        ("下个月最后一个周五上午", "2026-10-30", MORNING),
        ("10月倒数第二个周三", "2026-10-21", None),
        ("圣诞节前一天下午", "2026-12-24", AFTERNOON),
        ("国庆前两天", "2026-09-29", None),
        ("元旦第二天", "2027-01-02", None),
        ("双十二前三天", "2026-12-09", None),
        ("下周三的前一天上午", "2026-09-22", MORNING),
        ("国庆过后头一个周二上午", "2026-10-13", MORNING),
        ("过完国庆第一个周五", "2026-10-09", None),
        ("25号以后第一个周一", "2026-09-28", None),
        ("周5下午", "2026-09-18", AFTERNOON),
        ("下星期2", "2026-09-22", None),
        ("周四不对周五", "2026-09-18", None),
        ("下礼拜二过晌", "2026-09-22", AFTERNOON),
        ("明天晌午错", "2026-09-17", AFTERNOON),
        ("后天傍晌", "2026-09-18", NOON),
        ("明儿吃罢晌午饭", "2026-09-17", AFTERNOON),
        ("明天一上班", "2026-09-17", MORNING),
        ("明天快下班的时候", "2026-09-17", AFTERNOON),
        ("大后个下半天", "2026-09-19", AFTERNOON),
    ],
)
def test_a_day_is_told_by_another_one_or_by_what_people_do_then(
    text: str, on: str, part: PartOfDay | None
) -> None:
    phrase = read(text)

    assert phrase.on == date.fromisoformat(on)
    assert phrase.part_of_day is part
    assert not phrase.ambiguous


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("周三周四都有空，最好周四下午", "2026-09-17"),
        ("周五不成，改礼拜四九点吧", "2026-09-17"),
        ("原来周五 现在改到周四上午十点", "2026-09-17"),
        ("周四周五都忙 最好是下周一", "2026-09-21"),
        ("明天的明天下午", "2026-09-18"),
        ("九月下旬头一天上午", "2026-09-21"),
        ("下个月上旬最后一天", "2026-10-10"),
        ("31号上午", "2026-10-31"),
        ("九月底前最后一个周五", "2026-09-25"),
        ("后天下了班，五点半往后", "2026-09-18"),
        ("国庆过完头一个上班日", "2026-10-08"),
        ("本週五下午", "2026-09-18"),
        ("上午来过了，就是明天下午", "2026-09-17"),
    ],
)
def test_of_several_days_the_one_that_is_meant_is_read(text: str, on: str) -> None:
    assert str(read(text).on) == on


def test_either_part_of_the_day_is_none() -> None:
    assert read("这周五都行，上午下午无所谓").part_of_day is None


@pytest.mark.parametrize(
    "text", ["下周一二上午", "周六、周日", "隔周周三", "月底最后一个周一或周二", "国庆后两天"]
)
def test_what_may_be_two_days_is_ambiguous(text: str) -> None:
    assert read(text).ambiguous


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("周五三点", time(15)),
        ("周二十点", time(10)),
        ("周3点半", time(15, 30)),
        ("明天上午九点零五", time(9, 5)),
        ("后天下午两点零八分", time(14, 8)),
    ],
)
def test_hours_behind_a_weekday_are_no_weekday(text: str, at: time) -> None:
    assert read(text).at == at


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("今天", "2026-09-16 Wed"),
        ("下个月头一个工作日", "2026-10-08 Thu"),
        ("下周第一个工作日", "2026-09-21 Mon"),
        ("周三不行，周四吧", "2026-09-17 Thu"),
        ("明天没空 后天中不", "2026-09-18 Fri"),
        ("别约下周一，下周二来", "2026-09-22 Tue"),
        ("明儿", "2026-09-17 Thu"),
        ("后儿", "2026-09-18 Fri"),
        ("大后天", "2026-09-19 Sat"),
        ("周三", "2026-09-16 Wed"),
        ("这周五", "2026-09-18 Fri"),
        ("本周六", "2026-09-19 Sat"),
        ("礼拜天", "2026-09-20 Sun"),
        ("周日能不能约", "2026-09-20 Sun"),
        ("下周三", "2026-09-23 Wed"),
        ("下个礼拜五", "2026-09-25 Fri"),
        ("下礼拜四", "2026-09-24 Thu"),
        ("下周的周二", "2026-09-22 Tue"),
        ("下下周一", "2026-09-28 Mon"),
        ("两周后的周三", "2026-09-30 Wed"),
        ("一周以后", "2026-09-23 Wed"),
        ("一个星期之后", "2026-09-23 Wed"),
        ("三天后", "2026-09-19 Sat"),
        ("三日后", "2026-09-19 Sat"),
        ("俩礼拜后", "2026-09-30 Wed"),
        ("12月1日(周二)", "2026-12-01 Tue"),
        ("12月第一个周一", "2026-12-07 Mon"),
        ("下个月第二个周五", "2026-10-09 Fri"),
        ("10号窗口25号", "2026-09-25 Fri"),
        ("两个月以后", "2026-11-16 Mon"),
        ("十一过后", "2026-10-08 Thu"),
        ("双十一", "2026-11-11 Wed"),
        ("二十号", "2026-09-20 Sun"),
        ("25号", "2026-09-25 Fri"),
        ("这个月28号", "2026-09-28 Mon"),
        ("下月8号", "2026-10-08 Thu"),
        ("下个月十号", "2026-10-10 Sat"),
        ("12月3号", "2026-12-03 Thu"),
        ("十月十号", "2026-10-10 Sat"),
        ("9.25", "2026-09-25 Fri"),
        ("11/25", "2026-11-25 Wed"),
        ("2026-10-09", "2026-10-09 Fri"),
        ("2026年11月2日", "2026-11-02 Mon"),
        ("这个月最后一天", "2026-09-30 Wed"),
        ("国庆前一天", "2026-09-30 Wed"),
        ("中秋节前一天", "2026-09-24 Thu"),
        ("中秋之后", "2026-09-28 Mon"),
        ("节后第一天", "2026-09-28 Mon"),
        ("国庆节后第一个工作日", "2026-10-08 Thu"),
        ("国庆假期结束后上班第一天", "2026-10-08 Thu"),
        ("节前最后一个工作日", "2026-09-24 Thu"),
        ("国庆节前", "2026-09-30 Wed"),
        ("三个工作日后", "2026-09-20 Sun"),
        ("5个工作日内", "2026-09-22 Tue"),
        ("下一个工作日", "2026-09-17 Thu"),
        ("这周最后一个工作日", "2026-09-20 Sun"),
        ("下周最后一个工作日", "2026-09-24 Thu"),
        ("这个月最后一个工作日", "2026-09-30 Wed"),
        ("下个月最后一个工作日", "2026-10-30 Fri"),
    ],
)
def test_days_that_are_clear(text: str, on: str) -> None:
    phrase = read(text)
    assert phrase.on is not None
    assert f"{phrase.on:%Y-%m-%d %a}" == on
    assert (phrase.at, phrase.part_of_day) == (None, None)
    assert (phrase.ambiguous, phrase.provisional, phrase.is_past) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "on", "at", "part"),
    [
        ("明早9点", "2026-09-17", "09:00", MORNING),
        ("周一早上8点", "2026-09-21", "08:00", MORNING),
        ("明天上午11点前", "2026-09-17", "11:00", MORNING),
        ("不是周五，是下周五十点", "2026-09-25", "10:00", MORNING),
        ("下礼拜二前半晌", "2026-09-22", None, MORNING),
        ("大后儿早起", "2026-09-19", None, MORNING),
        ("明儿后半晌", "2026-09-17", None, AFTERNOON),
        ("后天擦黑", "2026-09-18", None, EVENING),
        ("后儿下午", "2026-09-18", None, AFTERNOON),
        ("后天早上", "2026-09-18", None, MORNING),
        ("下周一早上九点半", "2026-09-21", "09:30", MORNING),
        ("下周二下午三点到四点", "2026-09-22", "15:00", AFTERNOON),
        ("大后天上午10:30", "2026-09-19", "10:30", MORNING),
        ("明天中午12点", "2026-09-17", "12:00", NOON),
        ("明天中午一点", "2026-09-17", "13:00", NOON),
        ("今晚七点", "2026-09-16", "19:00", EVENING),
        ("2026-10-09 09:00", "2026-10-09", "09:00", MORNING),
        ("约明天下午四点一刻", "2026-09-17", "16:15", AFTERNOON),
        ("下个礼拜五九点", "2026-09-25", "09:00", MORNING),
        ("十月十号上午九点办理", "2026-10-10", "09:00", MORNING),
        ("周五下午3点半左右", "2026-09-18", "15:30", AFTERNOON),
        ("下礼拜四中午之前", "2026-09-24", None, NOON),
        ("明天下班以后", "2026-09-17", None, EVENING),
        ("明天下班前", "2026-09-17", None, AFTERNOON),
        ("明天晚饭前", "2026-09-17", None, AFTERNOON),
        ("明天放学后", "2026-09-17", None, AFTERNOON),
        ("明天收工以后", "2026-09-17", None, EVENING),
        ("25号上午十点二十", "2026-09-25", "10:20", MORNING),
        ("9月25日15:45", "2026-09-25", "15:45", AFTERNOON),
        ("一小时后", "2026-09-16", "11:00", NOON),
        ("半小时后", "2026-09-16", "10:30", MORNING),
        ("两个半小时以后", "2026-09-16", "12:30", NOON),
        ("现在", "2026-09-16", "10:00", MORNING),
        ("明天六十点", "2026-09-17", "10:00", MORNING),
        ("下周二十点", "2026-09-22", "10:00", MORNING),
        ("周五十点半", "2026-09-18", "10:30", MORNING),
        ("明天二十点", "2026-09-17", "20:00", EVENING),
        ("节后第一天上午", "2026-09-28", None, MORNING),
        ("3个工作日后下午两点", "2026-09-20", "14:00", AFTERNOON),
        ("听日朝早九点半", "2026-09-17", "09:30", MORNING),
        ("後日下晝兩點", "2026-09-18", "14:00", AFTERNOON),
        ("本月三十号上午九点", "2026-09-30", "09:00", MORNING),
        ("再过俩钟头", "2026-09-16", "12:00", NOON),
        ("明天差一刻十点", "2026-09-17", "09:45", MORNING),
        ("下周一下午三点差五分", "2026-09-21", "14:55", AFTERNOON),
        ("过一个礼拜上午十点", "2026-09-23", "10:00", MORNING),
    ],
)
def test_days_with_a_time(text: str, on: str, at: str | None, part: PartOfDay) -> None:
    phrase = read(text)
    assert phrase.on == date.fromisoformat(on)
    assert phrase.at == (at and time.fromisoformat(at))
    assert phrase.part_of_day is part
    assert not phrase.is_past


@pytest.mark.parametrize(
    ("text", "at", "part"),
    [
        ("下午三点", "15:00", AFTERNOON),
        ("九点半", "09:30", MORNING),
        ("十一点三刻", "11:45", NOON),
        ("15:30", "15:30", AFTERNOON),
        ("上午", None, MORNING),
        ("下班以后", None, EVENING),
    ],
)
def test_a_time_alone_names_no_day(text: str, at: str | None, part: PartOfDay) -> None:
    expected = TimePhrase(at=at and time.fromisoformat(at), part_of_day=part)  # type: ignore[arg-type]
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("周六或者周日上午", "2026-09-19"),
        ("下周随便哪天", "2026-09-21"),
        ("下周", "2026-09-21"),
        ("半个月后", "2026-10-01"),
        ("国庆之后随便哪天", "2026-10-08"),
        ("下星期一到星期三", "2026-09-21"),
        ("月底", "2026-09-30"),
        ("月初", "2026-10-01"),
        ("下月初", "2026-10-01"),
        ("12月底", "2026-12-31"),
        ("十月中旬", "2026-10-15"),
        ("周末", "2026-09-19"),
        ("周一", "2026-09-21"),  # this Monday is over: the next one, but ask
        ("3号", "2026-10-03"),  # the third is over: next month's, but ask
        ("3月5号", "2027-03-05"),
        ("明后天", "2026-09-17"),
        ("每周二", "2026-09-22"),
        ("12月1日周三", "2026-12-01"),  # it is a Tuesday
        ("过两天", "2026-09-18"),
        ("国庆", "2026-10-01"),
        ("明天3点", "2026-09-17"),
    ],
)
def test_days_that_must_be_asked_about(text: str, on: str) -> None:
    phrase = read(text)
    assert phrase.on == date.fromisoformat(on)
    assert phrase.ambiguous


def test_a_bare_small_hour_is_in_the_afternoon_and_asked_about() -> None:
    assert read("三点") == TimePhrase(None, time(15), AFTERNOON, ambiguous=True)


@pytest.mark.parametrize(
    "text", ["上周五", "昨天", "这个月3号", "8月31号", "2026年3月5日", "今天早上九点"]
)
def test_the_past_is_flagged(text: str) -> None:
    assert read(text).is_past


@pytest.mark.parametrize(
    "text",
    [
        "越快越好",
        "随便",
        "都行",
        "不知道",
        "你好",
        "",
        "转人工",
        "2月30号",
        "13月5号",
        "13月底",
        "13月第一个周一",
        "32号",
        "长" * 61,
    ],
)
def test_no_day_is_made_up(text: str) -> None:
    assert read(text).is_empty


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("元旦前一天", "2026-12-31 Thu"),
        ("元旦后第一个工作日", "2027-01-04 Mon"),
        ("节后第一天", "2027-01-04 Mon"),
        ("40个工作日内", "2027-01-19 Tue"),
        ("年底", "2026-12-31 Thu"),
        ("明年3月5号", "2027-03-05 Fri"),
        ("元月5号", "2027-01-05 Tue"),
    ],
)
def test_days_beyond_the_official_calendar_are_provisional(text: str, on: str) -> None:
    phrase = read(text, IN_NOVEMBER)
    assert phrase.on is not None
    assert f"{phrase.on:%Y-%m-%d %a}" == on
    assert phrase.provisional


@pytest.mark.parametrize("text", ["春节后第一天", "清明节前", "过年以后"])
def test_a_holiday_not_yet_published_has_no_date(text: str) -> None:
    assert read(text, IN_NOVEMBER) == TimePhrase(provisional=True)


def test_an_impossible_time_leaves_the_part_of_the_day() -> None:
    assert read("晚上8点99分") == TimePhrase(part_of_day=EVENING)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("下周二下午三点一刻", "9月22日（周二）下午3:15"),
        ("明早9点", "9月17日（周四）上午9:00"),
        ("明天中午12点半", "9月17日（周四）中午12:30"),
        ("后天", "9月18日（周五）"),
        ("明年1月4号", "2027年1月4日（周一）"),
        ("今晚七点", "9月16日（周三）晚上7:00"),
        ("随便", ""),
    ],
)
def test_the_reading_is_read_back_with_its_weekday(text: str, words: str) -> None:
    assert read_back(read(text), NOW.date()) == words


def test_now_is_read_in_shanghai() -> None:
    """17:00 UTC on the 16th is already the 17th in Shanghai."""
    late = datetime(2026, 9, 16, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert read("明天", late).on == date(2026, 9, 18)


@settings(deadline=None)
@given(
    st.text(
        alphabet="上下这本明后大今天周星期礼拜一二三五十月日号点半个工作节前后年底初0123:./- ",
        max_size=14,
    )
)
def test_no_phrase_is_an_error(text: str) -> None:
    assert isinstance(read(text), TimePhrase)


@settings(deadline=None)
@given(days=st.integers(0, 100))
def test_every_date_written_out_is_read_as_itself(days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    for text in (f"{day.month}月{day.day}号", f"{day:%Y-%m-%d}", f"{day:%Y年%m月%d日}"):
        assert read(text).on == day


def test_the_library_stays_silent_and_is_loaded_late() -> None:
    code = (
        "import sys; from bot.services.time_phrases.time_phrases import warm_up;"
        "assert 'jionlp' not in sys.modules; warm_up()"
    )
    done = run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, check=True)
    assert done.stdout == b""
