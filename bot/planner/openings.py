"""When somebody is there next: service hours laid over the working calendar."""

from dataclasses import dataclass
from datetime import datetime

from bot.planner.calendar import WorkingCalendar
from bot.planner.hours import ServiceHours


@dataclass(frozen=True)
class Opening:
    """The next moment somebody is there: local time, and whether the day may move."""

    at: datetime
    provisional: bool


def next_opening(local: datetime, hours: ServiceHours, calendar: WorkingCalendar) -> Opening:
    """Return `local` itself while open, otherwise the start of the next period.

    Args:
        local: Moment in Asia/Shanghai; the answer keeps its zone.
        hours: Opening hours of a working day.
        calendar: Working days; a strict one raises `CalendarNotCovered` beyond its years.
    """
    today = local.date()
    if calendar.is_working_time(local, hours):
        return Opening(local, not calendar.covers(today))
    if calendar.is_working_day(today):
        for start, _ in hours.periods:
            if local.time() < start:
                at = datetime.combine(today, start, tzinfo=local.tzinfo)
                return Opening(at, not calendar.covers(today))
    due = calendar.next_working_day(today)
    at = datetime.combine(due.on, hours.periods[0][0], tzinfo=local.tzinfo)
    return Opening(at, due.provisional)
