"""Due times of the operator's limits, in working hours or working days, over the spans they run."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ticket_clocks import DueTime, LimitUnit, OperatorLimit, WhistleRules
from bot.planner.calendar import WorkingCalendar
from bot.services.times.local_time import local_day
from bot.services.times.working_time import WorkingTime, working_time

RunningSpan = tuple[datetime, datetime | None]
"""When a clock ran; the end is None while it runs."""

MINUTES_OF_HOUR = 60


def due_after(
    limit: OperatorLimit,
    start: datetime,
    rules: WhistleRules,
    calendar: WorkingCalendar,
    department_id: str = "",
) -> DueTime:
    """Return when a limit that began at `start` (aware) is over, when nothing stops its clock.

    Working days end when working hours end on the last day; the day of `start` is not counted.
    Working hours are counted through the working hours of working days.
    """
    found = due_of(limit, [(start, None)], working_time(rules, calendar, department_id))
    assert found is not None
    return found


def due_of(limit: OperatorLimit, spans: Sequence[RunningSpan], work: WorkingTime) -> DueTime | None:
    """Return when a limit is over whose clock ran in `spans`; None while it stands.

    A limit that was used up before its clock stopped is due when it was used up. The day on which
    a clock in working days starts, or starts again, is not counted; the day on which it stops is.
    """
    if limit.unit is LimitUnit.WORKING_DAY:
        return _after_days(limit.value, spans, work)
    return _after_minutes(limit.value * MINUTES_OF_HOUR, spans, work)


def extended(limit: OperatorLimit, days: int, work: WorkingTime) -> OperatorLimit:
    """Return a limit that was put off by so many working days."""
    if limit.unit is LimitUnit.WORKING_DAY:
        return replace(limit, value=limit.value + days)
    return replace(limit, value=limit.value + days * work.minutes_of_day() // MINUTES_OF_HOUR)


def minutes_of(limit: OperatorLimit, work: WorkingTime) -> int:
    """Return a limit in working minutes."""
    if limit.unit is LimitUnit.WORKING_DAY:
        return limit.value * work.minutes_of_day()
    return limit.value * MINUTES_OF_HOUR


def _after_days(days: int, spans: Sequence[RunningSpan], work: WorkingTime) -> DueTime | None:
    left, provisional = days, False
    for start, end in spans:
        due, is_open = work.add_days(local_day(start), left)
        provisional = provisional or is_open
        if end is None or work.closes_on(due) <= end:
            return DueTime(work.closes_on(due), provisional)
        # a limit whose last day is the day on which the clock stops is due when it goes on
        left = max(left - work.days_between(local_day(start), local_day(end)), 1)
    return None


def _after_minutes(total: float, spans: Sequence[RunningSpan], work: WorkingTime) -> DueTime | None:
    left, provisional = total, False
    for start, end in spans:
        due = work.after(start, left)
        provisional = provisional or due.provisional
        if end is None or due.at <= end:
            return DueTime(due.at, provisional)
        left -= work.between(start, end)
    return None
