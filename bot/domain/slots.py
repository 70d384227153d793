"""Which half-hours of a day can be booked and how many places each has."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.halls import BadServiceSetting, DayKind, Mode, Period, at_local


class SlotKind(enum.Enum):
    """Why a slot exists; everything but `REGULAR` is outside ordinary hours."""

    REGULAR = "regular"
    NOON = "noon"
    EVENING = "evening"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


SLOT_TITLES: Mapping[SlotKind, str] = {
    SlotKind.REGULAR: "正常办公",
    SlotKind.NOON: "错时服务",
    SlotKind.EVENING: "延时服务",
    SlotKind.WEEKEND: "双休日服务",
    SlotKind.HOLIDAY: "节假日服务",
}
"""What applicants call each kind."""


@dataclass(frozen=True)
class SlotRule:
    """One line of the weekly rule: a period of a kind of day and its places a slot."""

    kind: SlotKind
    day: DayKind
    period: Period
    places: Mapping[Mode, int]


@dataclass(frozen=True)
class Closure:
    """A day on which nothing can be booked; `district` None means all of them."""

    on: date
    district: str | None
    reason: str


@dataclass(frozen=True)
class SlotRules:
    """The operator's weekly rule.

    Attributes:
        slot_minutes: Length of a slot.
        horizon_days: How many days ahead can be booked, today included as day 0.
        max_active: How many open bookings one telephone number may have.
        lead_minutes: How long before its start a slot of a mode can still be booked.
        overrides: Places of single districts: (district, kind) to mode to places.
        source: Who says so.
    """

    slot_minutes: int
    horizon_days: int
    max_active: int
    lead_minutes: Mapping[Mode, int]
    rules: tuple[SlotRule, ...]
    overrides: Mapping[tuple[str, SlotKind], Mapping[Mode, int]]
    closures: tuple[Closure, ...]
    source: str

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises:
            BadServiceSetting: A number is out of range or two rules share a half-hour.
        """
        if not 0 < self.slot_minutes <= 24 * 60 or self.horizon_days < 0 or self.max_active < 1:
            raise BadServiceSetting("slot_minutes, horizon_days or max_active out of range")
        places = [*(r.places for r in self.rules), *self.overrides.values()]
        if any(n < 0 for each in places for n in each.values()):
            raise BadServiceSetting("a number of places below zero")
        for day in DayKind:
            ordered = sorted((r.period for r in self.rules if r.day is day), key=_opens)
            for first, second in zip(ordered, ordered[1:]):  # noqa: B905, RUF007 - neighbours
                if second.opens < first.closes:
                    raise BadServiceSetting(f"rules of a {day.value} day overlap")

    def closure(self, district: str, on: date) -> Closure | None:
        """Return the closure of a day, if there is one."""
        for closure in self.closures:
            if closure.on == on and closure.district in {None, district}:
                return closure
        return None


@dataclass(frozen=True)
class Slot:
    """One bookable stretch; `starts_at` and `ends_at` are UTC, `places` is its capacity."""

    starts_at: datetime
    ends_at: datetime
    kind: SlotKind
    places: int


def slots_of_day(
    rules: SlotRules, *, district: str, mode: Mode, on: date, day: DayKind
) -> tuple[Slot, ...]:
    """Return the slots of a local date in order, full ones included; O(slots).

    A stretch too short for a whole slot at the end of a period is not offered.
    """
    if rules.closure(district, on):
        return ()
    found = [
        slot
        for rule in rules.rules
        if rule.day is day
        for slot in _slots_of_rule(rules, rule, district, mode, on)
    ]
    return tuple(sorted(found, key=lambda slot: slot.starts_at))


def _slots_of_rule(
    rules: SlotRules, rule: SlotRule, district: str, mode: Mode, on: date
) -> Iterator[Slot]:
    own = rules.overrides.get((district, rule.kind), rule.places)
    places = own.get(mode, 0)
    if not places:
        return
    length = timedelta(minutes=rules.slot_minutes)
    start, end = at_local(on, rule.period.opens), at_local(on, rule.period.closes)
    while start + length <= end:
        yield Slot(start, start + length, rule.kind, places)
        start += length


def _opens(period: Period) -> time:
    return period.opens
