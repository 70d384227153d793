"""The working days after one start, counted once and looked up as often as a plan needs them."""

from datetime import date

from bot.planner.calendar import DueDate, WorkingCalendar, whole_days


class DayTable:
    """The days on which 0, 1, 2 … working days after `start` have passed.

    Grows when a later day is asked for, so a plan costs O(its length in days) and not that much
    for each of its steps. Answers are those of `WorkingCalendar.add_working_days`.
    """

    def __init__(self, start: date, calendar: WorkingCalendar) -> None:
        """Count nothing yet; `start` is day 0, worked or not."""
        self._start = DueDate(start, not calendar.covers(start))
        self._calendar = calendar
        self._days = [calendar.add_working_days(start, 0)]

    def after(self, working_days: float) -> DueDate:
        """Return the day on which `working_days` have passed; fractions are rounded up.

        Raises:
            NegativeWorkingDays: The number is below zero.
            CalendarNotCovered: The calendar is strict and the count leaves the covered years.
        """
        wanted = whole_days(working_days)
        while len(self._days) <= wanted:
            last = self._days[-1] if len(self._days) > 1 else self._start
            following = self._calendar.next_working_day(last.on)
            provisional = last.provisional or following.provisional
            self._days.append(DueDate(following.on, provisional))
        return self._days[wanted]
