"""Days told by their month: 月底, 12月3号, 下个月最后一个周五; part of `time_phrases`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.planner.calendar import WorkingCalendar
from bot.services.time_phrases.clock import NUMBER, chinese_number

WEEKDAYS = "一二三四五六日"
WEEKDAY_OF_MONTH = re.compile(
    rf"(?:(?P<month>{NUMBER})月|(?P<next>下个?月)|(?P<this>这个月)|月)的?"
    r"(?:(?:底|末)?之?前?的?(?:第(?P<n>[一二三四])|(?P<last>最后一|倒数第[一二]))个"
    r"|(?P<end>[底末])的?(?:那?一?个)?)"
    rf"(?:周|星期)(?P<day>[{WEEKDAYS}])"
)
WEEKDAY = re.compile(
    rf"(?P<which>上上|下下下|下下|上|下|这)?"
    rf"(?:个|一个?(?=(?:周|星期).{{0,2}}(?:周|星期)))?(?:(?:周|星期)(?:的|里头?的?|那个?|之?内的?"
    rf"|[吧了]?[，,、]|吧)?)?(?:周|星期)(?P<day>[{WEEKDAYS}])"
)
MONTH_EDGE = re.compile(
    rf"(?:(?P<month>{NUMBER})月|(?P<next>下个?月)|(?P<this>这个月)|月)的?"
    "(?P<edge>(?<!正月)初(?![一二三四五六七八九十])|(?:上旬|中旬|下旬)(?:的?(?P<end>第一天"
    "|最后一天))?|中|底|末|最后一天|第一天)"
)
MONTH_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}}|明|今)年)?(?P<month>{NUMBER})(?:月份?"
    rf"|[./-])(?P<day>{NUMBER})[日号]?(?!\d|[平万倍折米元块吨斤千亿%]|个[人月]|公)"
)
DAY_OF_MONTH = re.compile(
    rf"(?:(?P<which>这个?月|下下个?月|下个?月)的?|(?<![月\d]))(?P<day>{NUMBER})[日号](?!之?后"
    rf"|以后|之?内|以内)"
    rf"|(?P<of>这个?月|下下个?月|下个?月)的?(?P<bare>{NUMBER})(?![\d个天周日点:分])"
)
MONTHS = 12

RECENT = timedelta(days=90)
"""A date without a year that is over this long at most is taken as past, not as next year's."""


@dataclass(frozen=True)
class DayReading:
    """A day read from a phrase.

    Attributes:
        on: The day; None with `provisional` when it hangs on a holiday not yet published.
        ambiguous: Another day is as good a reading.
        provisional: The count touched a year without an official arrangement.
    """

    on: date | None
    ambiguous: bool = False
    provisional: bool = False


def weekday_of_month(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    """Read the first to fourth or last of a weekday in a month."""
    match = WEEKDAY_OF_MONTH.search(words)
    if not match:
        return None
    year, month = shift(today.year, today.month, int(bool(match["next"])))
    if match["month"]:
        month = chinese_number(match["month"])
        year += month < today.month
    if not 1 <= month <= MONTHS:
        return DayReading(None, ambiguous=True)
    on = _weekday_in(year, month, match)
    if on < today and not any(match[name] for name in ("month", "next", "this")):
        return DayReading(_weekday_in(*shift(year, month, 1), match), ambiguous=True)
    return DayReading(on)


def _weekday_in(year: int, month: int, match: re.Match[str]) -> date:
    wanted = WEEKDAYS.index(match["day"])
    if match["last"] or match["end"]:  # 下个月底那个周五
        end = month_end(year, month)
        weeks = int(match["last"] == "倒数第二")
        return end - timedelta(days=(end.weekday() - wanted) % 7, weeks=weeks)
    weeks = "一二三四".index(match["n"])
    return next_weekday(date(year, month, 1), wanted) + timedelta(weeks=weeks)


def next_weekday(first: date, weekday: int) -> date:
    """Return the first day of a weekday (0 for Monday) from a day on, that day among them."""
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def month_edge(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    """Read the beginning, middle or end of a month."""
    match = MONTH_EDGE.search(words)
    if not match:
        return None
    year, month = today.year, today.month
    if match["month"]:
        month = chinese_number(match["month"])
        if not 1 <= month <= MONTHS:
            return DayReading(None, ambiguous=True)
        year += month < today.month
    elif match["next"]:
        year, month = shift(year, month, 1)
    edge = match["edge"]
    end = month_end(year, month)
    is_exact = edge in {"第一天", "最后一天"} or match["end"] is not None
    day = {"初": 1, "第一天": 1, "中": 15, "中旬": 15, "上旬": 5, "下旬": 25}.get(edge, end.day)
    if match["end"] is not None:
        first, last = {"上": (1, 10), "中": (11, 20), "下": (21, end.day)}[edge[0]]
        day = first if match["end"] == "第一天" else last
    on = date(year, month, day)
    if on < today and not any(match[g] for g in ("month", "next", "this")):
        on = date(*shift(year, month, 1), day)
    return DayReading(on, ambiguous=not is_exact)


def month_day(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    """Read a day with its month."""
    match = MONTH_DAY.search(words)
    if not match or re.search(r"\d{4}[./-]|农历", words):
        return None
    named = match["year"]
    year = int(named) if named and named.isdigit() else today.year + (named == "明")
    month, day = chinese_number(match["month"]), chinese_number(match["day"])
    if not is_date(year, month, day):
        return DayReading(None, ambiguous=True)
    on = date(year, month, day)
    if on < today - RECENT and not named and is_date(year + 1, month, day):
        return DayReading(date(year + 1, month, day), ambiguous=True)
    weekday = WEEKDAY.search(words)
    contradicts = weekday is not None and WEEKDAYS.index(weekday["day"]) != on.weekday()
    return DayReading(on, ambiguous=contradicts)


def day_of_month(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    """Read a day without its month; one that is over is of the next."""
    match = DAY_OF_MONTH.search(words)
    if not match or re.search(r"\d{4}年|(?<![个这下])月\d", words):
        return None
    which = match["which"] or match["of"] or ""
    day = chinese_number(match["day"] or match["bare"])
    year, month = shift(today.year, today.month, which.count("下"))
    is_rolled = not which and day < today.day
    if is_rolled:
        year, month = shift(year, month, 1)
    if not which and not is_date(year, month, day):  # 三十一号, said in November
        year, month = shift(year, month, 1)
    if not is_date(year, month, day):
        return DayReading(None, ambiguous=True)
    return DayReading(date(year, month, day), ambiguous=is_rolled)


def shift(year: int, month: int, by: int) -> tuple[int, int]:
    """Return year and month so many months later."""
    carried, index = divmod(month - 1 + by, MONTHS)
    return year + carried, index + 1


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def is_date(year: int, month: int, day: int) -> bool:
    """Tell whether there is such a day."""
    return 1 <= month <= MONTHS and 1 <= day <= monthrange(year, month)[1]
