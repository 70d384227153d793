"""Whether a person is at the desk now, and when next; the ground of every promise of a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.halls import Hall, OfficeHours, at_local, to_local
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.slots import day_kind
from bot.services.ports import OpenUnitOfWork

SEARCHED_DAYS = 31
"""How far ahead the next opening is looked for; longer than any run of holidays."""


@dataclass(frozen=True)
class Open:
    """The desk is staffed until a moment, UTC.

    Attributes:
        provisional: Today's calendar is not published, so today may be a holiday.
    """

    until: datetime
    provisional: bool


@dataclass(frozen=True)
class Closed:
    """The desk is not staffed.

    Attributes:
        opens_at: UTC; None when nothing is planned within `SEARCHED_DAYS`.
        provisional: The calendar of that day is not published.
    """

    opens_at: datetime | None
    provisional: bool


@dataclass(frozen=True)
class DeskHours:
    """The operator's hours as the hand-over asks for them."""

    unit_of_work: OpenUnitOfWork
    calendar: WorkingCalendar

    def is_open(self, now: datetime) -> bool:
        """Tell whether `now` (aware, UTC) is office time."""
        return isinstance(self._at(now), Open)

    def opens_at(self, now: datetime) -> datetime | None:
        """Return the next opening after `now`; None when none is planned."""
        found = self._at(now)
        return found.opens_at if isinstance(found, Closed) else None

    def _at(self, now: datetime) -> Open | Closed:
        return desk_hours(self.unit_of_work, now=now, calendar=self.calendar)


def desk_hours(
    unit_of_work: OpenUnitOfWork,
    *,
    now: datetime,
    calendar: WorkingCalendar,
    district: str | None = None,
) -> Open | Closed:
    """Tell whether the desk is open at `now` by the operator's hours.

    Whether an agent is really online is for the desk to say. A `district` may have hours of its
    own; None asks for the common ones.

    Raises:
        BadServiceSetting: No hours were seeded.
    """
    hours = office_hours(unit_of_work)
    today = to_local(now).date()
    for days in range(SEARCHED_DAYS + 1):
        on = today + timedelta(days=days)
        for period in hours.of(district, day_kind(on, calendar)):
            opens, closes = at_local(on, period.opens), at_local(on, period.closes)
            if opens <= now < closes:
                return Open(closes, not calendar.covers(on))
            if now < opens:
                return Closed(opens, not calendar.covers(on))
    return Closed(None, provisional=True)


def office_hours(unit_of_work: OpenUnitOfWork) -> OfficeHours:
    """Return the operator's hours; raises `BadServiceSetting` when none were seeded."""
    with unit_of_work() as unit:
        return unit.service_settings.office_hours()


def hall_of(unit_of_work: OpenUnitOfWork, district: str) -> Hall:
    """Return the hall of a district; raises `UnknownDistrict` when none serves it."""
    with unit_of_work() as unit:
        return unit.service_settings.hall(district)
