"""What people say for a day and a time of day, as a date and a time.

A layer of ours settles what the library gets silently wrong (working days, holidays, ends of
months, weekdays, colloquial words); jionlp settles the rest. The answer is always a reading of
what was said and never a decision: the caller reads day of the week, date and time back and asks.
"""

import importlib
import io
import re
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from bot.planner.calendar import WorkingCalendar
from bot.services.local_time import LOCAL
from bot.services.plan_words import chinese_date
from bot.services.time_phrases_clock import NUMBER, Clock, PartOfDay, read_clock
from bot.services.time_phrases_days import read_day
from bot.services.time_phrases_mended import put_right
from bot.services.time_phrases_months import WEEKDAY, WEEKDAYS, DayReading
from bot.services.time_phrases_shifted import shifted_day
from bot.services.time_phrases_unsuitable import PREFERRED, RULED_OUT
from bot.services.wording import in_simplified

__all__ = ["PartOfDay", "TimePhrase", "parse_time_phrase", "read_back", "warm_up"]

NOON = 12
DAYS_OF_YEAR = 365
MAX_LENGTH = 60
"""Characters of a phrase that are read; a longer text is no phrase."""

COLLOQUIAL = (
    ("听日", "明天"),
    ("明日", "明天"),
    ("后日", "后天"),
    ("今日", "今天"),
    ("朝早", "早上"),
    ("朝头早", "早上"),
    ("上昼", "上午"),
    ("下昼", "下午"),
    ("晏昼", "下午"),
    ("夜晚", "晚上"),
    ("礼拜天", "星期日"),
    ("星期天", "星期日"),
    ("周天", "周日"),
    ("礼拜", "星期"),
    ("大后个", "大后天"),
    ("外后天", "大后天"),
    ("后儿个", "后天"),
    ("后儿", "后天"),
    ("明儿个", "明天"),
    ("明儿", "明天"),
    ("今儿个", "今天"),
    ("今儿", "今天"),
    ("明早", "明天早上"),
    ("明晚", "明天晚上"),
    ("今早", "今天早上"),
    ("今晚", "今天晚上"),
    ("晌午错", "下午"),
    ("头一天", "第一天"),
    ("晌午头", "中午"),
    ("过晌午", "下午"),
    ("傍晌午", "中午"),
    ("前半晌", "上午"),
    ("上半晌", "上午"),
    ("后半晌", "下午"),
    ("下半晌", "下午"),
    ("前晌", "上午"),
    ("后晌", "下午"),
    ("头晌", "上午"),
    ("头午", "上午"),
    ("过午", "下午"),
    ("过晌", "下午"),
    ("傍晌", "中午"),
    ("半拉", "半"),
    ("仨", "三个"),
    ("名天", "明天"),
    ("明朝", "明天"),
    ("周思", "周四"),
    ("上半日", "上午"),
    ("下半日", "下午"),
    ("上半天", "上午"),
    ("前半天", "上午"),
    ("下半天", "下午"),
    ("后半天", "下午"),
    ("晌午", "中午"),
    ("中午饭", "午饭"),
    ("早起", "早上"),
    ("擦黑", "傍晚"),
    ("傍黑", "傍晚"),
    ("头一个", "第一个"),
    ("首个", "第一个"),
    ("双休日", "周末"),
    ("本周", "这周"),
    ("本星期", "这周"),
    ("本月", "这个月"),
    ("这月", "这个月"),
    ("元月", "1月"),
    ("月头", "月初"),
    ("大年初", "正月初"),
    ("年后初", "正月初"),
    ("阳历年", "元旦"),
    ("平安夜", "12月24日"),
    ("圣诞节", "12月25日"),
    ("圣诞", "12月25日"),
    ("双十二", "12月12日"),
    ("俩", "两"),
    ("当天", "今天"),
    ("的明天", "的第二天"),
    ("隔一天", "后天"),
    ("上班的日子", "工作日"),
    ("上班日", "工作日"),
)
"""Colloquial words and what the rules and the library understand, longest first."""

WEEKDAY_IN_DIGITS = re.compile(r"(?<=周|期)[1-6](?![\d点:时月号日个次天回遍趟/.-])")
"""周3, 下星期5; 周3点 is a time of day."""

WEEKDAY_IN_FULL = re.compile("(?<=周|期)[壹贰叁肆伍陆]")
FULL_DIGITS = "壹贰叁肆伍陆"
"""Digits as they stand on cheques, which a keyboard offers for its plain ones: 周肆."""

FIRST_OF_WEEK = re.compile("(?<=下周)的?(?:第一天|头天)")
DAY_BEFORE = re.compile("(?<=[节旦夕])的?头一天|(?<=[至日号])的头一天")
"""The day before a holiday or a date; 下个月的头一天 is its first."""

YESTERDAY = re.compile("^夜来(?=.{0,2}[晌午早])")
"""夜来后晌 is yesterday afternoon in Shandong; 今夜来 is none."""

FOUR_DIGITS = re.compile(r"(?<=\d)\s+([01]\d|2[0-3])([0-5]\d)(?![\d年])")
"""A time of day without its colon behind a date: 12.15 1430."""

LUNAR = re.compile("正月|腊月|农历|阴历")

WHITESPACE = re.compile(r"\s+(?!\d)|(?<!\d)\s+")
ALTERNATIVES = re.compile(
    "或|每|隔|还是|要么|都行|都可以|随便|哪天|到(?=周|星期)"
    f"|(?:周|星期)[{WEEKDAYS}][、和跟]?(?:周|星期)?[{WEEKDAYS}](?![点:时十月号日分个])"
    rf"|(?:周|星期)[{WEEKDAYS}][哦啊呃嗯，,]*不(?:对|是)?[，,]*(?:周|星期)[{WEEKDAYS}]"
)
ROOM_NUMBER = re.compile(rf"{NUMBER}号(?=线|楼|窗|厅|院|门)")
EITHER_PART = re.compile(
    "(?:上午|早上)[、和或]?(?:者|是)?(?:下午|晚上)(?=都|随便|无所谓|不限|也?行)"
)
NEAR_DAYS = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
NEAR_DAY = re.compile("大?后天|[今明]天")
NO_TIME_LEFT = re.compile(r"[\d一二两三四五六七八九十]|天|日|号|周|星期|月|年|节|旬|后|前|[今明昨]")


@dataclass(frozen=True)
class TimePhrase:
    """One reading of a phrase; empty when nothing in it is a day or a time.

    Attributes:
        on: The day meant (local date, Asia/Shanghai), None when no day was named.
        at: The time of day meant, None when none was named.
        part_of_day: Morning, noon, afternoon or evening, also when only that was said.
        provisional: The year has no official calendar yet; with `on` None: the day was named by
            a holiday whose date is not published yet.
        ambiguous: Another reading is as good (下周, 月底, 周六或者周日, 三点): ask, do not assume.
        is_past: The day, or the time today, lies before now.
    """

    on: date | None = None
    at: time | None = None
    part_of_day: PartOfDay | None = None
    provisional: bool = False
    ambiguous: bool = False
    is_past: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing in the phrase was understood as a day or a time."""
        return self.on is None and self.at is None and self.part_of_day is None


def parse_time_phrase(text: str, now: datetime, calendar: WorkingCalendar) -> TimePhrase:
    """Read a Chinese phrase for a day and a time of day.

    Args:
        text: What the person said; it may hold other words too.
        now: The moment it was said, aware.
        calendar: Working days; not strict, so that a day beyond it is read as provisional.

    Returns:
        The reading; an empty one when there is none. Never an error for any text.
    """
    if len(text) > MAX_LENGTH:
        return TimePhrase()
    local = now.astimezone(LOCAL)
    words = EITHER_PART.sub("", RULED_OUT.sub("", normalise(text)))

    def day_in(said: str) -> DayReading | None:
        known = read_day(said, local.date(), calendar) or _lunar_or_library_day(said, local)
        return known or _near_day(said, local.date())

    words = put_right(words, local, day_in)
    head, *meant = PREFERRED.split(words)
    words = meant[-1] if meant else head
    clock, rest = read_clock(words, local)
    if meant and clock.at is None and clock.part_of_day is None:  # 上午，就是阳历三十一号
        clock = read_clock(head, local)[0]
    day = shifted_day(rest, day_in) or day_in(rest)
    if day is None:
        day = DayReading(clock.on)
    phrase = TimePhrase(
        on=day.on,
        at=clock.at,
        part_of_day=clock.part_of_day,
        provisional=day.provisional or (day.on is not None and not calendar.covers(day.on)),
        ambiguous=day.ambiguous or clock.ambiguous,
    )
    ambiguous = phrase.ambiguous or (not phrase.is_empty and bool(ALTERNATIVES.search(words)))
    phrase = replace(phrase, ambiguous=ambiguous, is_past=_is_past(phrase, clock, local))
    return _in_a_week(phrase, rest, local)


def read_back(phrase: TimePhrase, today: date) -> str:
    """Return a reading as the caller repeats it before asking 对吗: 11月26日（周四）上午9:00.

    Args:
        phrase: The reading; an empty one gives "".
        today: Local date; the year is named only when it is another one.
    """
    day = chinese_date(phrase.on, today) if phrase.on else ""
    part = phrase.part_of_day.value if phrase.part_of_day else ""
    hour = phrase.at.hour if phrase.at else 0
    if phrase.part_of_day in (PartOfDay.AFTERNOON, PartOfDay.EVENING) and hour > NOON:
        hour -= NOON
    return day + part + (f"{hour}:{phrase.at:%M}" if phrase.at else "")


def warm_up() -> None:
    """Load what reading needs, so that the first applicant does not wait for it (about 1 s)."""
    _jionlp()


def normalise(text: str) -> str:
    """Return `text` in simplified script, plain words, without room numbers and odd spaces."""
    words = FOUR_DIGITS.sub(r" \1:\2", in_simplified(text).strip())
    words = YESTERDAY.sub("昨天", WHITESPACE.sub("", words).replace("：", ":"))
    words = DAY_BEFORE.sub("前一天", words)
    for said, meant in COLLOQUIAL:
        words = words.replace(said, meant)
    words = WEEKDAY_IN_FULL.sub(lambda found: WEEKDAYS[FULL_DIGITS.index(found[0])], words)
    words = FIRST_OF_WEEK.sub("一", words)
    words = WEEKDAY_IN_DIGITS.sub(lambda found: WEEKDAYS[int(found[0]) - 1], words)
    return ROOM_NUMBER.sub("", words)


def _in_a_week(phrase: TimePhrase, words: str, local: datetime) -> TimePhrase:
    """Return a weekday that is today, at an hour that is over, as the one of next week."""
    named = WEEKDAY.search(words)
    if not phrase.is_past or phrase.on != local.date() or named is None or named["which"]:
        return phrase
    return replace(phrase, on=phrase.on + timedelta(weeks=1), ambiguous=True, is_past=False)


def _is_past(phrase: TimePhrase, clock: Clock, local: datetime) -> bool:
    if phrase.on is None or phrase.on > local.date():
        return False
    if phrase.on < local.date():
        return True
    return phrase.at is not None and clock.on is None and phrase.at < local.time()


@cache
def _jionlp() -> Any:
    """Import jionlp on first use: it takes up to a second and prints a banner to stdout."""
    with redirect_stdout(io.StringIO()):
        return importlib.import_module("jionlp")


def _library_day(words: str, local: datetime) -> DayReading | None:
    """Let jionlp read the day; None when there is none in the words."""
    if not NO_TIME_LEFT.search(words):
        return None
    base = {"year": local.year, "month": local.month, "day": local.day}
    base |= {"hour": local.hour, "minute": local.minute, "second": local.second}
    try:
        found = _jionlp().parse_time(words, time_base=base)
    except Exception:  # noqa: BLE001  (jionlp raises bare exceptions of many kinds on odd text)
        found = _first_in_text(words, base)
    span = found.get("time") if isinstance(found, dict) else None
    if not isinstance(span, list):
        return None
    try:
        first, last = (datetime.fromisoformat(moment).date() for moment in span)
    except ValueError:  # an open end ("inf") is no day
        return None
    return DayReading(first, ambiguous=first != last)


def _lunar_or_library_day(words: str, local: datetime) -> DayReading | None:
    """Let jionlp read the day; one of the lunar calendar that is over is of the next year."""
    day = _library_day(words, local)
    is_over = day is not None and day.on is not None and day.on < local.date()
    if not is_over or LUNAR.search(words) is None:
        return day
    return _library_day(words, local + timedelta(days=DAYS_OF_YEAR)) or day


def _near_day(words: str, today: date) -> DayReading | None:
    """Read 后天 out of words that the library does not know: 后天下了班，往后."""
    found = NEAR_DAY.search(words)
    return DayReading(today + timedelta(days=NEAR_DAYS[found[0]])) if found else None


def _first_in_text(words: str, base: dict[str, int]) -> Any:
    try:
        found = _jionlp().ner.extract_time(words, time_base=base, with_parsing=True)
    except Exception:  # noqa: BLE001  (see above)
        return None
    return found[0].get("detail") if found else None
