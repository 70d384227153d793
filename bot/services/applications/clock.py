"""The clock of an application: how urgent it is, as a colour for the desk."""

import enum
from dataclasses import dataclass
from datetime import date

from bot.domain.cases import Case, CaseState
from bot.domain.catalogue import Catalogue
from bot.planner.calendar import DueDate, WorkingCalendar
from bot.services.cases.clock import read_clock
from bot.services.times.local_time import local_day

YELLOW_DAYS_LEFT = 1


class Colour(enum.Enum):
    """How urgent an application is."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    """The clock stands, or the case is finished, or it has no limit."""


@dataclass(frozen=True)
class Urgency:
    """The clock of an application.

    Attributes:
        due: Of what is next: the answer whether it is accepted, then the promised limit; None when
            the clock stands or there is no limit.
        days_left: Working days, negative when overdue; None without `due`.
    """

    colour: Colour
    due: DueDate | None
    days_left: int | None


def urgency_of(case: Case, today: date, catalogue: Catalogue, calendar: WorkingCalendar) -> Urgency:
    """Return how urgent a case is on the local day `today`."""
    if case.is_final or case.is_paused:
        return Urgency(Colour.GREY, None, None)
    if case.state is CaseState.RECEIVED:
        limit = catalogue.service_rules.acceptance.notice_once_working_days
        due: DueDate | None = calendar.add_working_days(local_day(case.opened_at), limit)
    else:
        promise = case.promised or case.statutory
        due = read_clock(
            case.events,
            promise.working_days if promise else None,
            today,
            calendar,
            case.stands_in,
        ).due
    if due is None:
        return Urgency(Colour.GREY, None, None)
    if today > due.on:
        return Urgency(Colour.RED, due, -calendar.working_days_between(due.on, today).days)
    left = calendar.working_days_between(today, due.on).days
    colour = Colour.YELLOW if left <= YELLOW_DAYS_LEFT else Colour.GREEN
    return Urgency(colour, due, left)
