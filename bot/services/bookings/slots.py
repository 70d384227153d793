"""What can still be booked: the weekly rule laid over the calendar, minus the places taken."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
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
from bot.services.bookings.staff import Staff
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
    conversation_id: str | None = None,
    matter_id: str | None = None,
) -> tuple[FreeSlot, ...]:
    """Return the slots of a local date that can be booked now, in order.

    Empty for a past day, a closed one, or one beyond the horizon. What is kept for
    `conversation_id` counts as free; helpers who know `matter_id` go before others.

    Raises:
        UnknownDistrict: No hall serves the district.
    """
    with unit_of_work() as unit:
        unit.service_settings.hall(district)
        asker = Asker(conversation_id, matter_id)
        view = SlotView(unit, district, mode, now, calendar, asker=asker)
        return tuple(view.free_on(on))


def first_free_slots(
    unit_of_work: OpenUnitOfWork,
    *,
    district: str,
    mode: Mode,
    now: datetime,
    calendar: WorkingCalendar,
    limit: int = ALTERNATIVES,
    conversation_id: str | None = None,
    matter_id: str | None = None,
) -> tuple[FreeSlot, ...]:
    """Return the first free slots from now on, in order; as `free_slots`.

    Raises:
        UnknownDistrict: No hall serves the district.
    """
    with unit_of_work() as unit:
        unit.service_settings.hall(district)
        asker = Asker(conversation_id, matter_id)
        view = SlotView(unit, district, mode, now, calendar, asker=asker)
        found: list[FreeSlot] = []
        for days in range(view.rules.horizon_days + 1):
            found.extend(view.free_on(view.today + timedelta(days=days)))
            if len(found) >= limit:
                break
        return tuple(found[:limit])


@dataclass(frozen=True)
class Asker:
    """Who asks for slots.

    Attributes:
        conversation_id: Slots kept for it are its own; None for nobody in particular.
        matter_id: What the helper should know.
        moved: Id of the booking that is to be moved, None for a new one.
        wait_id: The line of the waiting list that is served: it gives way to earlier ones only.
    """

    conversation_id: str | None = None
    matter_id: str | None = None
    moved: int | None = None
    wait_id: int | None = None


NOBODY = Asker()


class SlotView:
    """The slots of one district and mode as one transaction sees them."""

    def __init__(
        self,
        unit: UnitOfWork,
        district: str,
        mode: Mode,
        now: datetime,
        calendar: WorkingCalendar,
        *,
        asker: Asker = NOBODY,
    ) -> None:
        self._unit = unit
        self._district = district
        self._mode = mode
        self._now = now
        self._calendar = calendar
        self._asker = asker
        self._claims: Claims | None = None
        self.rules: SlotRules = unit.service_settings.slot_rules()
        self.today = to_local(now).date()
        self._staff = Staff(
            unit,
            district,
            mode,
            now,
            matter_id=asker.matter_id,
            conversation_id=asker.conversation_id,
            moved=asker.moved,
        )

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
            free = self._free(slot, slot.places - taken.get(slot.starts_at, 0))
            if free > 0:
                yield FreeSlot(slot.starts_at, slot.ends_at, slot.kind, free, self.provisional(on))

    def slots_between(self, first: datetime, last: datetime) -> list[Slot]:
        """Return the slots that start in [first, last) and can still be booked, full or not."""
        found: list[Slot] = []
        on = max(to_local(first).date(), self.today)
        final = self.today + timedelta(days=self.rules.horizon_days)
        while on <= min(to_local(last).date(), final):
            found.extend(self._slots(on))
            on += timedelta(days=1)
        start = max(first, self._earliest + timedelta(microseconds=1))
        return [slot for slot in found if start <= slot.starts_at < last]

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

    def take(self, slot: Slot) -> int | None:
        """Take one place of a slot; returns the helper, None for a hall without helpers.

        Raises:
            SlotTaken: None is left, or those left are kept for others.
        """
        bookings = self._unit.bookings
        bookings.lock_slot(self._district, self._mode, slot.starts_at)
        claims = self._fresh_claims()
        if not bookings.take_place(self._district, self._mode, slot, claims.at(slot.starts_at)):
            raise SlotTaken(slot.starts_at, self.nearest(slot.starts_at))
        return self._helper(slot, claims)

    def keep(self, slot: Slot) -> int | None:
        """See that a place of a slot can be kept; returns the helper. Locks the slot.

        Raises:
            SlotTaken: As in `take`.
        """
        bookings = self._unit.bookings
        taken = bookings.lock_slot(self._district, self._mode, slot.starts_at)
        claims = self._fresh_claims()
        if taken + claims.at(slot.starts_at) >= slot.places:
            raise SlotTaken(slot.starts_at, self.nearest(slot.starts_at))
        return self._helper(slot, claims)

    def has_place(self, slot: Slot) -> bool:
        """Tell whether the asker could have a place of a slot now."""
        start = slot.starts_at
        taken = self._unit.bookings.taken(self._district, self._mode, start, start)
        return self._free(slot, slot.places - taken.get(start, 0)) > 0

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

    def _free(self, slot: Slot, left: int) -> int:
        if left <= 0:
            return 0
        claims = self._claims or self._fresh_claims()
        free = left - claims.at(slot.starts_at)
        seats = self._staff.seats(slot.starts_at, slot.ends_at) if free > 0 else None
        # held slots take their helper's seat themselves; those who wait have none yet
        return free if seats is None else min(free, seats - claims.waiting(slot.starts_at))

    def _helper(self, slot: Slot, claims: "Claims") -> int | None:
        is_free, agent_id = self._staff.choose(slot.starts_at, slot.ends_at, claims.own_helper)
        if not is_free:
            raise SlotTaken(slot.starts_at, self.nearest(slot.starts_at))
        return agent_id

    def _fresh_claims(self) -> "Claims":
        self._claims = Claims(self._unit, self._district, self._mode, self._now, self._asker)
        return self._claims

    @property
    def lead(self) -> timedelta:
        """Return how long before its start a slot can still be booked."""
        return timedelta(minutes=self.rules.lead_minutes.get(self._mode, 0))

    @property
    def _earliest(self) -> datetime:
        return self._now + self.lead

    def _slots(self, on: date) -> tuple[Slot, ...]:
        return slots_of_day(
            self.rules,
            district=self._district,
            mode=self._mode,
            on=on,
            day=day_kind(on, self._calendar),
        )


class Claims:
    """Places that are not the asker's to take: kept for others, or waited for by others."""

    def __init__(
        self, unit: UnitOfWork, district: str, mode: Mode, now: datetime, asker: Asker
    ) -> None:
        held = unit.booking_holds.live(district, mode, now)
        own = [hold for hold in held if hold.conversation_id == asker.conversation_id]
        self._held = Counter(hold.starts_at for hold in held if hold not in own)
        self._waits = [
            wait
            for wait in unit.booking_waits.waiting(district, mode)
            if asker.wait_id is None or wait.id < asker.wait_id
        ]
        # a slot that is kept for the asker is no longer waited for by others
        self._kept = frozenset(hold.starts_at for hold in own)
        self.own_helper = next((hold.agent_id for hold in own), None)

    def at(self, starts_at: datetime) -> int:
        """Return how many places of a slot are claimed."""
        return self._held[starts_at] + self.waiting(starts_at)

    def waiting(self, starts_at: datetime) -> int:
        """Return how many wait for a slot before the asker."""
        if starts_at in self._kept:
            return 0
        return sum(wait.wants(starts_at) for wait in self._waits)
