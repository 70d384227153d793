"""Reads the State Council's yearly notice on holidays, and checks it in itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from bot.planner.calendar import CalendarYear
from bot.planner.errors import InvalidCalendar

ITEM = re.compile(r"^\s*[一二三四五六七八九十]+、\s*([^：:。\n]{2,20})[：:](.+?)\s*$", re.MULTILINE)
DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?")
COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
TITLE = re.compile(r"(\d{4})年(?:部分)?节假日")
WEEKDAYS: Mapping[str, int] = MappingProxyType({sign: n for n, sign in enumerate("一二三四五六日")})
WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
FEWEST = 5
"""A notice with fewer holidays is not the whole one: the law names seven."""

DECEMBER = 12


@dataclass(frozen=True)
class NoticeHoliday:
    """One item of the notice."""

    name: str
    days_off: tuple[date, ...]
    make_up_days: tuple[date, ...]


def year_of(text: str) -> int:
    """Return the year that a notice is about.

    Raises:
        InvalidCalendar: Its title names none.
    """
    found = TITLE.search(text)
    if found is None:
        raise InvalidCalendar("没有找到“××××年部分节假日安排”这样的标题")
    return int(found.group(1))


def read_notice(text: str, year: int) -> tuple[NoticeHoliday, ...]:
    """Return the holidays of a notice, in its order.

    Weekdays in brackets and the number of days are compared with the dates: a slip of the pen, a
    line lost in copying or the wrong year are found.

    Raises:
        InvalidCalendar: Nothing to read, or it contradicts itself; the text says where, in Chinese.
    """
    found = tuple(_item(name.strip(), body, year) for name, body in ITEM.findall(text))
    if len(found) < FEWEST:
        raise InvalidCalendar(f"只读出 {len(found)} 个节日，请粘贴通知全文，每个节日一行")
    return found


def calendar_of(holidays: tuple[NoticeHoliday, ...], year: int, source: str) -> CalendarYear:
    """Return the arrangement of a year; raises `InvalidCalendar` when days contradict."""
    return CalendarYear(
        year=year,
        days_off={day: one.name for one in holidays for day in one.days_off},
        make_up_days=frozenset(day for one in holidays for day in one.make_up_days),
        source=source,
    )


def _item(name: str, body: str, year: int) -> NoticeHoliday:
    off: list[date] = []
    worked: list[date] = []
    for sentence in filter(None, (part.strip() for part in body.split("。"))):
        if "上班" in sentence:
            worked += [day for day, _ in _days(sentence, year, name)]
        elif "放假" in sentence:
            off += _run(sentence, year, name)
    if not off:
        raise InvalidCalendar(f"{name}：没有读出放假日期")
    return NoticeHoliday(name, tuple(off), tuple(worked))


def _run(sentence: str, year: int, name: str) -> list[date]:
    """Return the days of "1月1日（周四）至3日（周六）放假调休，共3天"."""
    ends = list(_days(sentence, year, name))
    if not ends:
        raise InvalidCalendar(f"{name}：没有读出放假日期")
    days: list[date] = []
    position = 0
    while position < len(ends):
        first, end_of_first = ends[position]
        is_range = position + 1 < len(ends) and sentence[end_of_first:].lstrip().startswith("至")
        last = ends[position + 1][0] if is_range else first
        days += [first + timedelta(n) for n in range((last - first).days + 1)]
        position += 2 if is_range else 1
    counted = COUNT.search(sentence)
    if counted and int(counted.group(1)) != len(days):
        raise InvalidCalendar(f"{name}：写的是 {counted.group(1)} 天，日期算下来是 {len(days)} 天")
    return days


def _days(sentence: str, year: int, name: str) -> Iterator[tuple[date, int]]:
    """Yield the dates of a sentence and where each ends; a month that is left out goes on."""
    month, known_year = 0, 0
    for found in DAY.finditer(sentence):
        given_year, given_month, day, brackets = found.groups()
        month = int(given_month or month)
        # a holiday of January reaches back into the December before
        guessed = year - 1 if month == DECEMBER else year
        known_year = int(given_year) if given_year else guessed
        try:
            on = date(known_year, month, int(day))
        except ValueError:
            raise InvalidCalendar(f"{name}：没有 {month} 月 {day} 日这一天") from None
        _check_weekday(on, brackets or "", name)
        yield on, found.end()


def _check_weekday(on: date, brackets: str, name: str) -> None:
    found = WEEKDAY.search(brackets)
    if found is None:
        return
    sign = found.group(1).replace("天", "日")
    if WEEKDAYS[sign] != on.weekday():
        right = "一二三四五六日"[on.weekday()]
        raise InvalidCalendar(
            f"{name}：{on.isoformat()} 是周{right}，不是周{sign}，请核对年份和日期"
        )
