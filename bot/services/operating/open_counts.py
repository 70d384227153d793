"""Counts a month for the open statistics, once, when it is over; a page then reads no event."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import ceil

from bot.domain.catalogue import Catalogue
from bot.domain.feedback_answers import Mark
from bot.domain.open_data import COUNTED, LENGTH, Count, Window, next_month, window_at
from bot.domain.reports import Dimension, Kept, Span
from bot.planner.calendar import WorkingCalendar
from bot.services.operating.open_ports import Letter
from bot.services.operating.reports import judge_case
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import at_local, local_day

DAY = timedelta(days=1)
MINUTE_S = 60
A_WEEK, ELEVEN_DAYS = 7, 11
"""In what time letters are answered elsewhere: 35 % within the first, half beyond the second."""


class Tally:
    """Counts of one month while they are made."""

    def __init__(self) -> None:
        self._found: defaultdict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        for what in COUNTED:
            self.add(what, n=0)

    def add(
        self,
        what: str,
        parts: dict[str, str] | None = None,
        *,
        n: int = 1,
        is_kept: bool | None = None,
    ) -> None:
        """Count `n` in the whole and in each part; with `is_kept` as something that was due."""
        due = 0 if is_kept is None else n or 1
        for dimension, key in (("", ""), *(parts or {}).items()):
            found = self._found[(what, dimension, key)]
            found[0] += n
            found[1] += due
            found[2] += due if is_kept else 0

    def counts(self, month: date) -> list[Count]:
        """Return what was counted."""
        named = f"{month:%Y-%m}"
        return [Count(what, named, dim, key, *n) for (what, dim, key), n in self._found.items()]


def count_months(
    reading: OpenUnitOfWork,
    unit_of_work: OpenUnitOfWork,
    *,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
) -> list[date]:
    """Count the months that are over and not counted yet, the oldest first.

    Of two processes at once one writes a month, the other writes nothing.

    Args:
        reading: Opens what only reads; a month is counted without holding up any writer.
        unit_of_work: Opens what writes the counts.
        now: Aware, UTC.
        calendar: For days by which something was due.
        catalogue: Knows how long an answer may take.

    Returns:
        The months that this call has written.
    """
    window = window_at(local_day(now))
    with reading() as unit:
        known = unit.open_counts.counted(window.first, window.last)
    written = []
    for month in _worth(window, known):
        with reading() as unit:
            counts = count_month(unit, month, calendar, catalogue)
        with unit_of_work() as unit:
            if unit.open_counts.add_month(month, counts, now=now):
                written.append(month)
    return written


def count_month(
    unit: UnitOfWork, month: date, calendar: WorkingCalendar, catalogue: Catalogue
) -> list[Count]:
    """Return the counts of one month, from everything that happened in it."""
    tally, after = Tally(), next_month(month)
    start, end = at_local(month, time()), at_local(after, time())
    for talks in unit.reports.talks(Span(month, after - DAY), Dimension.CHANNEL):
        tally.add("talk", {"channel": talks.key}, n=talks.conversations)
    for taken in unit.reports.take_overs(start, end):
        if taken.waited_s is not None:
            tally.add("wait", {LENGTH: str(ceil(taken.waited_s / MINUTE_S))})
    _services(unit, tally, start, end, calendar)
    working_days = catalogue.service_rules.suggestions.working_days
    _letters(unit, tally, start, end, lambda day: calendar.add_working_days(day, working_days).on)
    negative = {one.score for one in catalogue.service_rules.review.levels if one.is_negative}
    for kind, level in unit.open_sources.reviews(start, end):
        parts = {"kind": kind, "level": str(level)}
        tally.add("review", parts, is_kept=level not in negative)
    for task in unit.open_sources.settled(start, end):
        is_on_time = local_day(task.at) <= task.due_on
        tally.add("rectification", {"outcome": task.state}, is_kept=is_on_time)
    for category in unit.open_sources.hot(start, end):
        tally.add("hot", {"category": category})
    return tally.counts(month)


def _services(
    unit: UnitOfWork, tally: Tally, start: datetime, end: datetime, calendar: WorkingCalendar
) -> None:
    for one in unit.open_sources.ended(start, end):
        parts = {"department": one.department_id, "matter": one.matter_id}
        if one.opened_at is not None:
            parts[LENGTH] = str(days_begun(one.opened_at, one.ended_at))
        tally.add(one.kind, parts)
        tally.add("ended", {"kind": one.kind}, is_kept=one.is_reviewed)
    closed = (judge_case(case, calendar) for case in unit.reports.closed_cases(start, end))
    for kept in (*unit.reports.kept(start, end), *closed):
        if kept is not None:
            tally.add(kept.work.value, _about(kept), n=0, is_kept=kept.is_on_time)


def _about(kept: Kept) -> dict[str, str]:
    return {"department": kept.place.department_id or "", "matter": kept.place.matter_id or ""}


def _letters(
    unit: UnitOfWork,
    tally: Tally,
    start: datetime,
    end: datetime,
    first_due: Callable[[date], date],
) -> None:
    for one in unit.open_sources.filed(start, end):
        tally.add(one.kind, _of(one))
    for one in unit.open_sources.answered(start, end):
        days = days_begun(one.opened_at, one.at)
        # answered anew it got another day; the first answer was due by the first one
        is_on_time = local_day(one.at) <= min(first_due(local_day(one.opened_at)), one.due_on)
        tally.add("letter", {**_of(one), LENGTH: str(days)}, is_kept=is_on_time)
        tally.add("letter_within_7", is_kept=days <= A_WEEK)
        tally.add("letter_over_11", is_kept=days > ELEVEN_DAYS)
    for marks in unit.open_sources.marks(start, end):
        for mark in Mark:
            tally.add(f"mark_{mark.value}", is_kept=mark in marks)
    tally.add("adopted", n=unit.open_sources.adopted(start, end))
    tally.add("published", n=unit.open_sources.published(start, end))


def _of(one: Letter) -> dict[str, str]:
    return {"department": one.department_id, "matter": one.matter_id}


def days_begun(opened_at: datetime, ended_at: datetime) -> int:
    """Return the days of the calendar that began between two moments; 7 means within 7 days."""
    return max(0, ceil((ended_at - opened_at) / DAY))


def _worth(window: Window, known: frozenset[date]) -> list[date]:
    return [month for month in window.months if month not in known]
