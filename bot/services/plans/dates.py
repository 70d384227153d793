"""The day on which a plan starts, as people name it, and what is wrong with such a day."""

import enum
import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.planner.calendar import WorkingCalendar
from bot.services.time_phrases.time_phrases import parse_time_phrase
from bot.services.times.local_time import local_day

YEARS_AHEAD = 1
"""Years after the last published arrangement in which a plan may start; its dates are 暂定."""

_STARTS = re.compile(
    r"(?P<day>[^，。,;；！!？?]{2,20}?)(?:再|就|才|的时候)?"
    r"(?:开始|起办|起算|起排|起跑|启动|动手|拿地|拿到地|拿的地|摘牌|交地)"
)
"""A day and a verb of beginning; text before the day does no harm."""


class StartFault(enum.Enum):
    """Why a plan cannot start on a day."""

    PAST = "past"
    """The day lies before today."""

    BEYOND_CALENDAR = "beyond_calendar"
    """Working days cannot be counted that far ahead."""


@dataclass(frozen=True)
class NamedStart:
    """The day a text wants the plan to start on; with a fault the plan stays as it is."""

    on: date
    fault: StartFault | None = None


def planned_start(named: object, today: date) -> date:
    """Return the day a plan starts: the one kept in a slot (ISO), but never before today."""
    return max(date.fromisoformat(named), today) if isinstance(named, str) and named else today


_COUNTED = re.compile(r"\d+(?:\.\d+)?\s*[多来几]?个?(?:平|㎡|m2|米|亩|万|元|块|人|层|吨|台|亿)")
"""A number of other things than days: 1800平 is no year."""


def read_start(text: str, now: datetime, calendar: WorkingCalendar) -> NamedStart | None:
    """Return the day from which a text wants the plan to count.

    Args:
        text: "从12月10号开始办", "下周一拿地"; a day without such a verb is no start.
        now: Aware.
        calendar: Working days.

    Returns:
        None when the text names no single day to start on.
    """
    found = _STARTS.search(text)
    if found is None:
        return None
    phrase = parse_time_phrase(_COUNTED.sub("，", found["day"]), now, calendar)
    if phrase.on is None:
        return None
    return NamedStart(phrase.on, start_fault(phrase.on, local_day(now), calendar))


def start_fault(day: date, today: date, calendar: WorkingCalendar) -> StartFault | None:
    """Return what is wrong with a day to start on, None when a plan may start on it."""
    if day < today:
        return StartFault.PAST
    last = max((year.year for year in calendar.years), default=today.year)
    if day.year > max(last, today.year) + YEARS_AHEAD:
        return StartFault.BEYOND_CALENDAR
    return None
