"""The working calendar as a table: the same answers as `WorkingCalendar`, without walking days.

One index serves thousands of plans; building it walks each day of its span once.
"""

from bisect import bisect_left, bisect_right
from datetime import date

from bot.planner.calendar import ONE_DAY, DayCount, DueDate, WorkingCalendar, whole_days


class DayIndex:
    """Counts working days in O(log days) inside its span, and asks the calendar outside of it."""

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        """Lay out the days from `first` to `last`, both included.

        Raises:
            CalendarNotCovered: The calendar is strict and the span leaves its years.
        """
        self.calendar = calendar
        self._first, self._last = first, last
        self._worked: list[date] = []
        self._uncovered: list[date] = []
        day = first
        while day <= last:
            if calendar.is_working_day(day):
                self._worked.append(day)
            if not calendar.covers(day):
                self._uncovered.append(day)
            day += ONE_DAY

    def add_working_days(self, start: date, n: float) -> DueDate:
        """Return what `WorkingCalendar.add_working_days` returns.

        Raises:
            NegativeWorkingDays: `n` is below zero.
        """
        left = whole_days(n)
        at = bisect_right(self._worked, start)
        if left == 0 and self._first <= start <= self._last:
            if at and self._worked[at - 1] == start:
                return DueDate(start, self._touches(start, start))
            left = 1
        position = at + left - 1
        if not self._first <= start <= self._last or position >= len(self._worked):
            return self.calendar.add_working_days(start, n)
        return DueDate(self._worked[position], self._touches(start, self._worked[position]))

    def working_days_between(self, start: date, end: date) -> DayCount:
        """Return what `WorkingCalendar.working_days_between` returns."""
        if start < self._first or end > self._last:
            return self.calendar.working_days_between(start, end)
        if end <= start:
            return DayCount(0, provisional=False)
        days = bisect_right(self._worked, end) - bisect_right(self._worked, start)
        return DayCount(days, self._touches(start + ONE_DAY, end))

    def _touches(self, first: date, last: date) -> bool:
        """Tell whether a day from `first` to `last` has no official arrangement."""
        at = bisect_left(self._uncovered, first)
        return at < len(self._uncovered) and self._uncovered[at] <= last
