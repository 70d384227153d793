"""What people say for a day and a time of day, as a date and a time.

A layer of ours settles what the library gets silently wrong (working days, holidays, ends of
months, weekdays, colloquial words); jionlp settles the rest. The answer is always a reading of
what was said and never a decision: the caller reads day of the week, date and time back and asks.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.planner.calendar import WorkingCalendar
from bot.services.plans.words import chinese_date
from bot.services.time_phrases.clock import Clock, PartOfDay, read_clock
from bot.services.time_phrases.days import read_day
from bot.services.time_phrases.library import (
    contradicts,
    feast_day,
    jionlp,
    lunar_or_library_day,
    near_day,
)
from bot.services.time_phrases.mended import put_right
from bot.services.time_phrases.months import WEEKDAY, DayReading
from bot.services.time_phrases.open import leaves_open, names_several_days
from bot.services.time_phrases.shifted import shifted_day
from bot.services.time_phrases.told import without_told
from bot.services.time_phrases.unsuitable import PREFERRED, RULED_OUT
from bot.services.time_phrases.words import normalise
from bot.services.times.local_time import LOCAL

__all__ = ["PartOfDay", "TimePhrase", "parse_time_phrase", "read_back", "warm_up"]

NOON = 12
MAX_LENGTH = 60
"""Characters of a phrase that are read; a longer text is no phrase."""

EITHER_PART = re.compile(
    "(?:上午|早上)[、和或]?(?:者|是)?(?:下午|晚上)(?=都|随便|无所谓|不限|也?行)"
)


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
        several: More than one day is named, or only a bound (周四之前), whatever the hour: ask.
    """

    on: date | None = None
    at: time | None = None
    part_of_day: PartOfDay | None = None
    provisional: bool = False
    ambiguous: bool = False
    is_past: bool = False
    several: bool = False

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

    def day_in(said: str) -> DayReading | None:
        feast = feast_day(said, local)
        known = feast or read_day(said, local.date(), calendar) or lunar_or_library_day(said, local)
        return known or near_day(said, local.date())

    plain = normalise(text)
    words = RULED_OUT.sub("", put_right(without_told(EITHER_PART.sub("", plain)), local, day_in))
    head, *meant = PREFERRED.split(words)
    words = meant[-1] if meant else head
    clock, rest = read_clock(words, local)
    if meant and clock.at is None and clock.part_of_day is None:  # 上午，就是阳历三十一号
        clock = read_clock(head, local)[0]
    day = shifted_day(rest, day_in, calendar) or day_in(rest)
    if day is None:
        day = DayReading(clock.on)
    phrase = TimePhrase(
        on=day.on,
        at=clock.at,
        part_of_day=clock.part_of_day,
        provisional=day.provisional or (day.on is not None and not calendar.covers(day.on)),
        ambiguous=day.ambiguous or clock.ambiguous,
        several=day.on is not None
        and (names_several_days(words, plain) or contradicts(rest, local.date())),
    )
    ambiguous = phrase.ambiguous or (
        not phrase.is_empty and (phrase.several or leaves_open(words, plain))
    )
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
    jionlp()


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
