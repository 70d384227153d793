"""Our own rules for the day in a phrase; part of `time_phrases`.

Each rule gets the words, today and the calendar, and returns a reading or None. The first rule
that answers wins; words that none of them knows go to the library.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from bot.planner.calendar import ONE_DAY, DueDate, Holiday, WorkingCalendar
from bot.services.time_phrases.clock import NUMBER, chinese_number
from bot.services.time_phrases.months import (
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    DayReading,
    day_of_month,
    month_day,
    month_edge,
    month_end,
    shift,
    weekday_of_month,
)

HOLIDAY_WORDS: Mapping[str, str] = MappingProxyType(
    {"元旦": "元旦", "春节": "春节", "过年": "春节", "年后": "春节", "清明": "清明节"}
    | {"劳动节": "劳动节", "五一": "劳动节", "端午": "端午节", "中秋": "中秋节"}
    | {"国庆": "国庆节", "十一假期": "国庆节", "十一长假": "国庆节"}
    | {"十一过后": "国庆节", "十一之后": "国庆节", "十一前": "国庆节"}
)
"""What people call the holidays, and their names in the official arrangement."""

IN_WORKING_DAYS = re.compile(
    rf"(?P<n>{NUMBER})个?工作日(?:之?内|以内|之后|以后|后)|(?:再|等)?过(?P<past>{NUMBER})个?工作日"
)
NEXT_WORKING_DAY = re.compile("(?:下一?个|次|(?<!数)第二个|最近的?(?:一?个)?)工作日")
LAST_WORKING_DAY = re.compile(
    rf"(?P<month>{NUMBER})?(?P<of>周|星期|月)份?(?:底|末)?的?(?P<nth>最后一|倒数第[一二三])个工作日"
)
FIRST_WORKING_DAY = re.compile(
    rf"(?P<month>{NUMBER})?(?P<of>周|星期|月)份?初?的?第(?P<n>[一二三四五])个?(?:工作日"
    rf"|上班的?[天日])"
)
NTH_WORKING_DAY = re.compile("第(?P<n>[一二三四五])个?(?:工作日|上班的?[天日])")
FAR = timedelta(days=120)
"""A holiday so far off may be the last one, said by a slip; nothing can be booked then."""

NTH_LAST = {"最后一": 1, "倒数第一": 1, "倒数第二": 2, "倒数第三": 3}
HOLIDAY = re.compile("|".join(HOLIDAY_WORDS) + "|节|假期|放假|长假")
AFTER_HOLIDAY = re.compile(
    "(?:节|假期?|结束|放完假|收假|元旦|五一|中秋|国庆|清明|端午|十一|年)(?:.{0,4}后|过[完了])|"
    "放完|收假|假回来|上班第一|开门第一|"
    "过[完了](?:元旦|五一|中秋|国庆|清明|端午|春节|年)"
)
DAY_BEFORE = re.compile("前(?:的?那?一天|一日)")
BEFORE = re.compile("前")
WEEKS_LATER = re.compile(
    rf"(?:(?:再|等)?过(?P<past>{NUMBER})个?(?:周|星期)(?:之后|以后|后)?"
    rf"|(?P<n>{NUMBER})个?(?:周|星期)(?:之后|以后|后))"
    rf"(?:的?(?:周|星期)(?P<day>[{WEEKDAYS}]))?"
)
DAYS_LATER = re.compile(
    rf"(?P<n>{NUMBER})[天日](?:之后|以后|后)|(?:(?:再|等)过|再?等)(?P<past>{NUMBER})[天日]"
    rf"|(?<!超)过(?P<more>(?![两2二]天){NUMBER})天"
)
MONTHS_LATER = re.compile(rf"(?P<n>{NUMBER})个月(?:之后|以后|后)")
WEEKEND = re.compile("(?P<which>上|下下|下|这)?个?周末")
VAGUE_DAYS = re.compile("过两天|这两天|明后天|(?P<year>明|今)?(?P<end>年底|年末)")
Rule = Callable[[str, date, WorkingCalendar], "DayReading | None"]


def read_day(words: str, today: date, calendar: WorkingCalendar) -> DayReading | None:
    """Return the first rule's reading, None when the words are the library's."""
    rules: tuple[Rule, ...] = (
        _working_days,
        _around_holiday,
        _weeks_later,
        _days_or_months_later,
        weekday_of_month,
        month_edge,
        month_day,
        day_of_month,
        _weekday,
        _vague,
    )
    return next((reading for rule in rules if (reading := rule(words, today, calendar))), None)


def _counted(due: DueDate) -> DayReading:
    return DayReading(due.on, provisional=due.provisional)


def _working_days(words: str, today: date, calendar: WorkingCalendar) -> DayReading | None:
    match = IN_WORKING_DAYS.search(words)
    if match:
        return _counted(
            calendar.add_working_days(today, chinese_number(match["n"] or match["past"]))
        )
    first, last = FIRST_WORKING_DAY.search(words), LAST_WORKING_DAY.search(words)
    match = first or last
    if HOLIDAY.search(words):
        return None
    if not match:
        is_next = NEXT_WORKING_DAY.search(words) is not None
        return _counted(calendar.next_working_day(today)) if is_next else None
    begin, end = _span_of(match, words, today)
    if begin is None:
        return DayReading(None, ambiguous=True)
    if first:
        begun = calendar.add_working_days(begin, 0)
        more = "一二三四五".index(first["n"])
        return _counted(calendar.add_working_days(begun.on, more) if more else begun)
    reading = _last_worked(end, calendar)
    for _ in range(NTH_LAST[match["nth"]] - 1):
        earlier = _last_worked((reading.on or end) - ONE_DAY, calendar)
        reading = DayReading(earlier.on, provisional=reading.provisional or earlier.provisional)
    return reading


def _span_of(match: re.Match[str], words: str, today: date) -> tuple[date | None, date]:
    """Return first and last day of the week or month that is named; None for no such month."""
    is_next = "下" in words[: match.start() + 1]
    if match["of"] != "月":
        begin = _monday(today) + timedelta(days=7 * is_next)
        return begin, begin + timedelta(days=6)
    year, month = shift(today.year, today.month, int(is_next))
    if match["month"]:
        month = chinese_number(match["month"])
        year = today.year + (month < today.month)
    if not 1 <= month <= MONTHS:
        return None, today
    return date(year, month, 1), month_end(year, month)


def _around_holiday(words: str, today: date, calendar: WorkingCalendar) -> DayReading | None:
    """Read a day by a public holiday; one that is far off is asked about: 国庆后, in November."""
    day = _beside_holiday(words, today, calendar)
    is_far = day is not None and day.on is not None and day.on > today + FAR
    return replace(day, ambiguous=True) if day is not None and is_far else day


def _beside_holiday(words: str, today: date, calendar: WorkingCalendar) -> DayReading | None:
    if not HOLIDAY.search(words):
        return None
    name = next((name for said, name in HOLIDAY_WORDS.items() if said in words), None)
    if name is None and not re.search("[前后]", words):
        return None
    is_after = bool(AFTER_HOLIDAY.search(words.replace("最后", "")))
    is_before = bool(BEFORE.search(words)) and not is_after
    is_last = re.search("[期假节旦]的?最后一天", words) is not None
    holiday = _next_holiday(name, today, calendar, is_before=is_before)
    if holiday is None:
        return DayReading(None, provisional=True)
    if is_after and not is_last:
        nth = NTH_WORKING_DAY.search(words)
        more = "一二三四五".index(nth["n"]) if nth else 0
        return _counted(calendar.add_working_days(holiday.last, 1 + more))
    if is_before:
        eve = holiday.first - ONE_DAY
        return DayReading(eve) if DAY_BEFORE.search(words) else _last_worked(eve, calendar)
    if is_last:
        return DayReading(holiday.last)
    return DayReading(holiday.first, ambiguous=holiday.first != holiday.last)


def _next_holiday(
    name: str | None, today: date, calendar: WorkingCalendar, *, is_before: bool
) -> Holiday | None:
    """Return the next holiday of that name, or of any; None when its date is not published."""
    for year in (today.year, today.year + 1):
        for holiday in calendar.holidays(year):
            open_until = holiday.first - ONE_DAY if is_before else holiday.last
            if open_until >= today and name in (None, holiday.name):
                return holiday
    return None


def _weeks_later(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    match = WEEKS_LATER.search(words)
    if not match:
        return None
    later = today + timedelta(weeks=chinese_number(match["n"] or match["past"]))
    if match["day"] is None:
        return DayReading(later)
    return DayReading(_monday(later) + timedelta(days=WEEKDAYS.index(match["day"])))


def _days_or_months_later(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    match = DAYS_LATER.search(words)
    if match:
        days = match["n"] or match["past"] or match["more"]
        return DayReading(today + timedelta(days=chinese_number(days)))
    match = MONTHS_LATER.search(words)
    if not match:
        return None
    year, month = shift(today.year, today.month, chinese_number(match["n"]))
    return DayReading(date(year, month, min(today.day, month_end(year, month).day)))


def _weekday(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    match = WEEKDAY.search(words)
    weekend = None if match else WEEKEND.search(words)
    found = match or weekend
    if found is None:
        return None
    weeks = {None: 0, "这": 0, "下": 1, "下下": 2, "下下下": 3, "上": -1, "上上": -2}[
        found["which"]
    ]
    index = WEEKDAYS.index(match["day"]) if match else WEEKDAYS.index("六")
    day = _monday(today) + timedelta(days=index, weeks=weeks)
    if found["which"] is None and day < today:
        return DayReading(day + timedelta(weeks=1), ambiguous=True)
    return DayReading(day, ambiguous=weekend is not None)


def _vague(words: str, today: date, _: WorkingCalendar) -> DayReading | None:
    match = VAGUE_DAYS.search(words)
    if not match:
        return None
    if match["end"]:
        return DayReading(date(today.year + (match["year"] == "明"), MONTHS, 31), ambiguous=True)
    days = {"过两天": 2, "这两天": 0, "明后天": 1}
    return DayReading(today + timedelta(days=days[match[0]]), ambiguous=True)


def _last_worked(day: date, calendar: WorkingCalendar) -> DayReading:
    provisional = not calendar.covers(day)
    while not calendar.is_working_day(day):
        day -= ONE_DAY
        provisional = provisional or not calendar.covers(day)
    return DayReading(day, provisional=provisional)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
