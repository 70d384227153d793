"""Working time to the minute: spans of a day with a break, holidays, a department's own days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from bot.domain.ticket_clocks import DueTime, OwnHours, WhistleRules
from bot.planner.calendar import ONE_DAY, WorkingCalendar
from bot.services.times.local_time import at_local, local_day

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class WorkingTime:
    """When one department works.

    Attributes:
        calendar: Public holidays and make-up days.
        hours: Spans of a day, and the department's own days.
    """

    calendar: WorkingCalendar
    hours: OwnHours

    def is_working_day(self, day: date) -> bool:
        """Tell whether the department works on a local day."""
        if day in self.hours.extra_days:
            return True
        return day not in self.hours.days_off and self.calendar.is_working_day(day)

    def covers(self, day: date) -> bool:
        """Tell whether the day is settled: by the department itself or by a published calendar."""
        own = day in self.hours.extra_days or day in self.hours.days_off
        return own or self.calendar.covers(day)

    def holiday_name(self, day: date) -> str | None:
        """Return the name of the holiday a local day is part of; None on any other day."""
        return self.calendar.holiday_name(day)

    def day_begins(self, day: date) -> datetime:
        """Return the first moment of a local day."""
        return at_local(day, time())

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the working spans of a local day, aware UTC; none on a day off."""
        if not self.is_working_day(day):
            return ()
        return tuple((at_local(day, a), at_local(day, b)) for a, b in self.hours.periods)

    def closes_on(self, day: date) -> datetime:
        """Return when a working day ends; a limit in days ends then."""
        return at_local(day, self.hours.periods[-1][1])

    def minutes_of_day(self) -> int:
        """Return the working minutes of one working day."""
        spans = ((at_local(ANY_DAY, a), at_local(ANY_DAY, b)) for a, b in self.hours.periods)
        return sum(minutes(opens, closes) for opens, closes in spans)

    def after(self, start: datetime, working_minutes: float) -> DueTime:
        """Return the moment at which so many working minutes (> 0) from `start` are used up."""
        left = timedelta(minutes=working_minutes)
        provisional = False
        for day in _days(local_day(start)):
            provisional = provisional or not self.covers(day)
            for opens, closes in self.spans_on(day):
                begin = max(opens, start)
                if closes - begin >= left:
                    return DueTime((begin + left).astimezone(timezone.utc), provisional)
                left -= max(closes - begin, timedelta())
        raise AssertionError  # the days never end

    def before(self, end: datetime, working_minutes: float) -> datetime:
        """Return the moment from which so many working minutes (> 0) lead to `end`."""
        left = timedelta(minutes=working_minutes)
        day = local_day(end)
        while True:
            for opens, closes in reversed(self.spans_on(day)):
                last = min(closes, end)
                if last - opens >= left:
                    return (last - left).astimezone(timezone.utc)
                left -= max(last - opens, timedelta())
            day -= ONE_DAY

    def between(self, start: datetime, end: datetime) -> float:
        """Return the working minutes in [start, end)."""
        total = timedelta()
        for day in _days(local_day(start)):
            if day > local_day(end):
                return total / timedelta(minutes=1)
            for opens, closes in self.spans_on(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
        raise AssertionError  # the days never end

    def add_days(self, start: date, n: int) -> tuple[date, bool]:
        """Return the day on which `n` (>= 1) working days after `start` are over.

        `start` is not counted. The second value tells whether a day on the way is not settled yet.

        Source: 行政许可法 第八十二条 (working days) for the way of counting; the limits themselves
        are the operator's.
        """
        day, provisional = start, not self.covers(start)
        while n > 0:
            day += ONE_DAY
            provisional = provisional or not self.covers(day)
            n -= self.is_working_day(day)
        return day, provisional

    def days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`."""
        days, day = 0, start
        while day < end:
            day += ONE_DAY
            days += self.is_working_day(day)
        return days


ANY_DAY = date(2026, 1, 5)
"""Only for the length of spans; Asia/Shanghai has no summer time."""


def working_time(
    rules: WhistleRules, calendar: WorkingCalendar, department_id: str = ""
) -> WorkingTime:
    """Return the working time of a department; "" asks for the common one."""
    return WorkingTime(calendar, rules.hours_of(department_id))


def minutes(start: datetime, end: datetime) -> int:
    """Return whole minutes from one moment to another."""
    return int((end - start).total_seconds()) // 60


def _days(first: date) -> Iterator[date]:
    day = first
    while True:
        yield day
        day += ONE_DAY
