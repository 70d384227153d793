"""Days that the library reads, feasts among them; part of `time_phrases`."""

import importlib
import io
import re
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from bot.services.time_phrases.months import WEEKDAYS, DayReading

DAYS_OF_YEAR = 365
LUNAR = re.compile("正月|腊月|农历")
TERMS = (
    "立春|雨水|惊蛰|春分|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降"
    "|立冬|小雪|大雪|冬至|小寒|大寒"
)
FEASTS = {
    "小年": "农历腊月二十三",
    "除夕": "除夕那天",
    "腊八": "农历腊月初八",
    "元宵": "农历正月十五",
    "正月初一": "农历正月初一",
    "情人节": "2月14日",
    "妇女节": "3月8日",
    "植树节": "3月12日",
    "公祭日": "12月13日",
    "跨年": "12月31日",
}
"""Days that are no public holidays, and what the library reads for them; 小年 as in the north."""

FEAST = re.compile("|".join(FEASTS) + rf"|(?:{TERMS})(?=$|[前后那当节第以之过，,。吧上下早中晚 ])")
YEAR_NAMED = re.compile("[今去明后前]年|[0-9]{4}")
NEAR_DAYS = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
NEAR_DAY = re.compile("大?后天|[今明]天")
NEAR_WEEKDAY = re.compile(rf"(?:大?后天|[今明]天)[,，、是的]?(?:周|星期)([{WEEKDAYS}])")
NO_TIME_LEFT = re.compile(r"[\d一二两三四五六七八九十]|天|日|号|周|星期|月|年|节|旬|后|前|[今明昨]")


def feast_day(words: str, local: datetime) -> DayReading | None:
    """Read a feast or a solar term that is named; one that is over is of the next year."""
    found = FEAST.search(words)
    if found is None or YEAR_NAMED.search(words):
        return None
    said = FEASTS.get(found[0], f"{found[0]}那天")
    day = _library_day(said, local)
    if day is None or day.on is None or day.on >= local.date():
        return day
    return _library_day(said, local + timedelta(days=DAYS_OF_YEAR)) or day


@cache
def jionlp() -> Any:
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
        found = jionlp().parse_time(words, time_base=base)
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


def lunar_or_library_day(words: str, local: datetime) -> DayReading | None:
    """Let jionlp read the day; one of the lunar calendar that is over is of the next year."""
    day = _library_day(words, local)
    is_over = day is not None and day.on is not None and day.on < local.date()
    if not is_over or LUNAR.search(words) is None:
        return day
    return _library_day(words, local + timedelta(days=DAYS_OF_YEAR)) or day


def near_day(words: str, today: date) -> DayReading | None:
    """Read 后天 out of words that the library does not know: 后天下了班，往后."""
    found = NEAR_DAY.search(words)
    return DayReading(today + timedelta(days=NEAR_DAYS[found[0]])) if found else None


def contradicts(words: str, today: date) -> bool:
    """Tell whether a near day and its weekday do not agree: 明天周三, said on a Monday."""
    found = NEAR_WEEKDAY.search(words)
    near = near_day(found[0], today) if found else None
    if found is None or near is None or near.on is None:
        return False
    return near.on.weekday() != WEEKDAYS.index(found[1])


def _first_in_text(words: str, base: dict[str, int]) -> Any:
    try:
        found = jionlp().ner.extract_time(words, time_base=base, with_parsing=True)
    except Exception:  # noqa: BLE001  (see above)
        return None
    return found[0].get("detail") if found else None
