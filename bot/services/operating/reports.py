"""Reports: what came, who served it, how fast, how well, by one dimension over a range of days."""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.quality import QUESTIONS
from bot.domain.reports import (
    ClosedCase,
    Dimension,
    Kept,
    Line,
    Marked,
    Report,
    Share,
    Span,
    TakeOver,
    Talks,
    Work,
)
from bot.planner.calendar import WorkingCalendar
from bot.services.cases.clock import read_clock
from bot.services.operating.talk_counts import count_new
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import at_local

P90 = 0.9
NOTHING = Talks("", 0, 0, 0, 0)


@dataclass
class _Found:
    """What belongs to one line."""

    talks: Talks = NOTHING
    take_overs: list[TakeOver] = field(default_factory=list)
    marks: list[Marked] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


def make_report(
    unit_of_work: OpenUnitOfWork,
    *,
    agent: Agent,
    span: Span,
    by: Dimension,
    now: datetime,
    calendar: WorkingCalendar,
) -> Report:
    """Return a report; what was said in the last minute is not in it yet.

    Conversations that staff marked as tests are left out, made-up cases and whistles too.

    Args:
        unit_of_work: Opens the transactions.
        agent: Who asks.
        span: Local days.
        by: What a line stands for.
        now: Aware, UTC.
        calendar: Counts the days that a case took.

    Raises:
        NotAllowed: This role does not lead the team.
        BadSpan: The range cannot be counted.
    """
    if not agent.may(Permission.LEAD_THE_TEAM):
        raise NotAllowed
    span.check()
    count_new(unit_of_work, now=now)
    start = at_local(span.first, time())
    end = at_local(span.last + timedelta(days=1), time())
    with unit_of_work() as unit:
        talks = unit.reports.talks(span, by)
        overall = next(iter(unit.reports.talks(span, None)), NOTHING)
        take_overs = unit.reports.take_overs(start, end)
        marks = unit.reports.marks(start, end)
        kept = [*unit.reports.kept(start, end)]
        closed = unit.reports.closed_cases(start, end)
    judged = (judge_case(case, calendar) for case in closed)
    kept += [case for case in judged if case is not None]
    found: defaultdict[str, _Found] = defaultdict(_Found)
    for one in talks:
        found[one.key].talks = one
    _sort_in(found, by, take_overs, marks, kept)
    everything = _Found(overall, list(take_overs), list(marks), kept)
    lines = tuple(line_of(key, found[key]) for key in _ordered(found, by))
    return Report(span, by, lines, line_of("", everything))


def judge_case(case: ClosedCase, calendar: WorkingCalendar) -> Kept | None:
    """Tell whether a case was in time; None when its clock never ran."""
    clock = read_clock(case.events, case.working_days, case.place.day, calendar)
    if clock.days_left is None:
        return None
    return Kept(case.place, Work.CASE, clock.days_left >= 0)


def line_of(key: str, found: _Found) -> Line:
    """Return one line."""
    talks, taken = found.talks, found.take_overs
    waited = _known(one.waited_s for one in taken)
    return Line(
        key=key,
        conversations=talks.conversations,
        by_bot=Share(talks.by_bot, talks.conversations),
        not_understood=Share(talks.not_understood, talks.said),
        take_overs=len(taken),
        waited_s=_median(waited),
        waited_p90_s=percentile(waited, P90),
        answered_s=_median(_known(one.answered_s for one in taken)),
        handled_s=_median(_known(one.handled_s for one in taken)),
        passed_on=sum(one.is_passed_on for one in taken),
        marks=Share(sum(one.good for one in found.marks), QUESTIONS * len(found.marks)),
        cases=_on_time(found.kept, Work.CASE),
        tickets=_on_time(found.kept, Work.TICKET),
        bookings=_on_time(found.kept, Work.BOOKING),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the nearest-rank percentile: the smallest value that `share` of all do not exceed."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def _sort_in(
    found: defaultdict[str, _Found],
    by: Dimension,
    take_overs: Iterable[TakeOver],
    marks: Iterable[Marked],
    kept: Iterable[Kept],
) -> None:
    for taken in take_overs:
        if (key := taken.place.key(by)) is not None:
            found[key].take_overs.append(taken)
    for mark in marks:
        if (key := mark.place.key(by)) is not None:
            found[key].marks.append(mark)
    for one in kept:
        if (key := one.place.key(by)) is not None:
            found[key].kept.append(one)


def _ordered(found: Iterable[str], by: Dimension) -> list[str]:
    """Return days and hours in their order, everything else by name of its key."""
    return sorted(found, key=(lambda key: int(key or -1)) if by is Dimension.HOUR else None)


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _on_time(kept: Iterable[Kept], work: Work) -> Share:
    mine = [one for one in kept if one.work is work]
    return Share(sum(one.is_on_time for one in mine), len(mine))
