"""What can still be booked: the weekly rule laid over the calendar, minus the places taken."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.domain.bookings import (
    FreeSlot,
    SlotNotOffered,
    SlotPast,
    SlotTaken,
    SlotTooFar,
)
from bot.domain.halls import DayKind, Mode, to_local
from bot.domain.slots import Slot, SlotRules, slots_of_day
from bot.planner.calendar import WorkingCalendar
from bot.services.ports import OpenUnitOfWork, UnitOfWork

ALTERNATIVES = 3
"""How many free slots a refusal offers."""

ALTERNATIVE_DAYS = 14
"""How far before and after the wanted day a refusal looks for them."""


def day_kind(on: date, calendar: WorkingCalendar) -> DayKind:
    """Return what a local date is; a make-up Saturday is a working day."""
    if calendar.is_working_day(on):
        return DayKind.WORKING
    return DayKind.WEEKEND if calendar.holiday_name(on) is None else DayKind.HOLIDAY


def free_slots(
    unit_of_work: OpenUnitOfWork,
    *,
    district: str,
    mode: Mode,
    on: date,
    now: datetime,
    calendar: WorkingCalendar,
) -> tuple[FreeSlot, ...]:
    """Return the slots of a local date that can be booked now, in order.

    Empty for a past day, a closed one, or one beyond the horizon.

    Raises:
        UnknownDistrict: No hall serves the district.
    """
    with unit_of_work() as unit:
        unit.service_settings.hall(district)
        view = SlotView(unit, district, mode, now, calendar)
        return tuple(view.free_on(on))


def first_free_slots(
    unit_of_work: OpenUnitOfWork,
    *,
    district: str,
    mode: Mode,
    now: datetime,
    calendar: WorkingCalendar,
    limit: int = ALTERNATIVES,
) -> tuple[FreeSlot, ...]:
    """Return the first free slots from now on, in order.

    Raises:
        UnknownDistrict: No hall serves the district.
    """
    with unit_of_work() as unit:
        unit.service_settings.hall(district)
        view = SlotView(unit, district, mode, now, calendar)
        found: list[FreeSlot] = []
        for days in range(view.rules.horizon_days + 1):
            found.extend(view.free_on(view.today + timedelta(days=days)))
            if len(found) >= limit:
                break
        return tuple(found[:limit])


class SlotView:
    """The slots of one district and mode as one transaction sees them."""

    def __init__(
        self, unit: UnitOfWork, district: str, mode: Mode, now: datetime, calendar: WorkingCalendar
    ) -> None:
        self._unit = unit
        self._district = district
        self._mode = mode
        self._now = now
        self._calendar = calendar
        self.rules: SlotRules = unit.service_settings.slot_rules()
        self.today = to_local(now).date()

    def free_on(self, on: date) -> Iterator[FreeSlot]:
        """Yield the slots of a local date that can be booked now, in order."""
        if not 0 <= (on - self.today).days <= self.rules.horizon_days:
            return
        slots = [slot for slot in self._slots(on) if slot.starts_at > self._earliest]
        if not slots:
            return
        first, last = slots[0].starts_at, slots[-1].starts_at
        taken = self._unit.bookings.taken(self._district, self._mode, first, last)
        for slot in slots:
            free = slot.places - taken.get(slot.starts_at, 0)
            if free > 0:
                yield FreeSlot(slot.starts_at, slot.ends_at, slot.kind, free, self.provisional(on))

    def slot_at(self, starts_at: datetime) -> Slot:
        """Return the slot of the rule that starts at a moment, full or not.

        Raises:
            SlotPast: It has begun or begins too soon.
            SlotTooFar: It lies beyond the horizon.
            SlotNotOffered: The rule has none there.
        """
        on = to_local(starts_at).date()
        if starts_at <= self._earliest:
            raise SlotPast(starts_at, self.nearest(starts_at))
        if (on - self.today).days > self.rules.horizon_days:
            raise SlotTooFar(starts_at)
        for slot in self._slots(on):
            if slot.starts_at == starts_at:
                return slot
        raise SlotNotOffered(starts_at, self.nearest(starts_at))

    def take(self, slot: Slot) -> None:
        """Take one place of a slot.

        Raises:
            SlotTaken: None is left.
        """
        if not self._unit.bookings.take_place(self._district, self._mode, slot):
            raise SlotTaken(slot.starts_at, self.nearest(slot.starts_at))

    def provisional(self, on: date) -> bool:
        """Tell whether the calendar of a local date is not published yet."""
        return not self._calendar.covers(on)

    def nearest(self, wanted: datetime) -> tuple[FreeSlot, ...]:
        """Return the free slots nearest to a moment: the same day first, then by distance."""
        day = max(to_local(wanted).date(), self.today)
        found: list[FreeSlot] = []
        for distance in range(ALTERNATIVE_DAYS + 1):
            days = {day + timedelta(days=distance), day - timedelta(days=distance)}
            near = [slot for on in sorted(days) for slot in self.free_on(on)]
            near.sort(key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))
            found.extend(near)
            if len(found) >= ALTERNATIVES:
                break
        return tuple(found[:ALTERNATIVES])

    @property
    def _earliest(self) -> datetime:
        return self._now + timedelta(minutes=self.rules.lead_minutes.get(self._mode, 0))

    def _slots(self, on: date) -> tuple[Slot, ...]:
        return slots_of_day(
            self.rules,
            district=self._district,
            mode=self._mode,
            on=on,
            day=day_kind(on, self._calendar),
        )
