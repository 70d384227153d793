"""Due times of the operator's limits, in working hours or working days."""

from datetime import datetime, time, timedelta

from bot.domain.tickets import DueTime, LimitUnit, OperatorLimit, WhistleRules
from bot.planner.calendar import ONE_DAY, WorkingCalendar
from bot.services.local_time import LOCAL, at_local


def due_after(
    limit: OperatorLimit, start: datetime, rules: WhistleRules, calendar: WorkingCalendar
) -> DueTime:
    """Return when a limit that began at `start` (aware) is over.

    Working days end when working hours end on the last day; the day of `start` is not counted.
    Working hours are counted through the working hours of working days.
    """
    local = start.astimezone(LOCAL)
    if limit.unit is LimitUnit.WORKING_DAY:
        due = calendar.add_working_days(local.date(), limit.value)
        return DueTime(at_local(due.on, rules.closes_at), due.provisional)
    return _after_hours(limit.value, local, rules, calendar)


def _after_hours(
    hours: int, local: datetime, rules: WhistleRules, calendar: WorkingCalendar
) -> DueTime:
    """Walk from day to day, using up the working hours of each."""
    left = timedelta(hours=hours)
    day, provisional = local.date(), False
    begin = _on_day(max(local.time().replace(tzinfo=None), rules.opens_at))
    end = _on_day(rules.closes_at)
    while True:
        provisional = provisional or not calendar.covers(day)
        if calendar.is_working_day(day):
            open_for = max(end - begin, timedelta())
            if open_for >= left:
                return DueTime(at_local(day, time()) + begin + left, provisional)
            left -= open_for
        day += ONE_DAY
        begin = _on_day(rules.opens_at)


def _on_day(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
