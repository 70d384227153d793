"""What other halls still have on a day on which the wanted one is full."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.bookings import FreeSlot
from bot.domain.halls import Hall, Mode
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.slots import Asker, SlotView
from bot.services.ports import OpenUnitOfWork

MOST_ELSEWHERE = 3
"""Halls that are suggested."""


@dataclass(frozen=True)
class Elsewhere:
    """Another hall that has places on the day.

    Attributes:
        slots: Its free slots of the day, in order, never empty.
    """

    hall: Hall
    slots: tuple[FreeSlot, ...]


def free_elsewhere(
    unit_of_work: OpenUnitOfWork,
    *,
    district: str,
    mode: Mode,
    on: date,
    now: datetime,
    calendar: WorkingCalendar,
    asker: Asker,
) -> tuple[Elsewhere, ...]:
    """Return other halls with places on a local date, the nearest by the operator's roads first.

    None for a visit on site: whoever comes is from the district of the business.
    """
    if mode is Mode.ON_SITE:
        return ()
    found: list[Elsewhere] = []
    with unit_of_work() as unit:
        travel = unit.service_settings.booking_rules().travel
        others = [one for one in unit.service_settings.halls() if one.district != district]
        # halls as far as each other keep their order
        for hall in sorted(others, key=lambda one: travel.between(district, one.district)):
            view = SlotView(unit, hall.district, mode, now, calendar, asker=asker)
            slots = tuple(view.free_on(on))
            if slots:
                found.append(Elsewhere(hall, slots))
            if len(found) == MOST_ELSEWHERE:
                break
    return tuple(found)
