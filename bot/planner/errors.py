"""Errors of the planner: calendars that do not reach far enough and plans that cannot be built."""

from datetime import date

from bot.domain.errors import BotError


class PlannerError(BotError):
    """Base of the planner's errors."""


class CalendarNotCovered(PlannerError):
    """A strict calendar was asked about a day without an official arrangement."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no official working calendar for {day.isoformat()}")
        self.day = day


class InvalidCalendar(PlannerError):
    """Calendar data contradict themselves: a day both off and a make-up day, a wrong year."""


class NegativeWorkingDays(PlannerError):
    """A number of working days below zero was given."""


class InvalidPlan(PlannerError):
    """A plan cannot be built from the steps given; base of the reasons."""


class DuplicateStep(InvalidPlan):
    """Two steps carry the same id."""


class UnknownPredecessor(InvalidPlan):
    """A step depends on a step that is not in the plan."""


class CyclicPlan(InvalidPlan):
    """Steps wait for each other in a circle."""


class UnknownStep(InvalidPlan):
    """A question names a step that is not in the plan."""
