"""The helpers (帮办) behind the bookings: what each can do, when each is free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.booking_rules import TravelTable
from bot.domain.errors import BotError
from bot.domain.halls import Mode

MAX_REASON = 200


class UnknownHelper(BotError):
    """No helper has this id."""


class UnknownAbsence(BotError):
    """No absence has this id, or it is over."""


class BadAbsence(BotError):
    """The absence is empty, runs backwards or is longer than a year."""


class HelperBusy(BotError):
    """The helper is away, or has somebody else at that time."""


@dataclass(frozen=True)
class Helper:
    """What a member of staff does for bookings.

    Attributes:
        agent_id: The account.
        name: Shown to applicants.
        home: District of the hall where the helper sits.
        districts: Districts served, the home among them.
        modes: Ways of service.
        matters: Matters known; empty means all of them.
        capacity: Applicants at the same time; on site it is always one.
        phone: How to reach the helper; empty until it is entered.
    """

    agent_id: int
    name: str
    home: str
    districts: tuple[str, ...]
    modes: tuple[Mode, ...]
    matters: tuple[str, ...] = ()
    capacity: int = 1
    phone: str = ""
    is_active: bool = True

    def knows(self, matter_id: str | None) -> bool:
        """Tell whether a matter is among the helper's own."""
        return matter_id is None or not self.matters or matter_id in self.matters


@dataclass(frozen=True)
class Absence:
    """A stretch in which a helper is away; `first_at` and `last_at` are UTC, the end is open."""

    id: int
    agent_id: int
    first_at: datetime
    last_at: datetime
    reason: str

    def covers(self, first: datetime, last: datetime) -> bool:
        """Tell whether the helper is away in any part of [first, last)."""
        return self.first_at < last and first < self.last_at


@dataclass(frozen=True)
class Engagement:
    """A time that a helper has given away: a booking, or a slot held for somebody."""

    agent_id: int
    starts_at: datetime
    ends_at: datetime
    mode: Mode
    district: str


@dataclass(frozen=True)
class Wish:
    """The time, way and place that somebody wants."""

    starts_at: datetime
    ends_at: datetime
    mode: Mode
    district: str
    matter_id: str | None = None


def seats_left(
    helper: Helper,
    wish: Wish,
    engagements: Iterable[Engagement],
    absences: Iterable[Absence],
    travel: TravelTable,
) -> int:
    """Return how many more applicants the helper can see at the wished time; O(engagements).

    On-site visits need the helper whole, and the way there and back before and after.
    """
    if any(away.covers(wish.starts_at, wish.ends_at) for away in absences):
        return 0
    seats = 1 if wish.mode is Mode.ON_SITE else helper.capacity
    for one in engagements:
        is_apart = Mode.ON_SITE in {one.mode, wish.mode} or one.mode is not wish.mode
        gap = _way(helper, one, wish, travel)
        is_near = one.starts_at - gap < wish.ends_at and wish.starts_at < one.ends_at + gap
        if is_near and is_apart:
            return 0
        seats -= is_near
    return max(seats, 0)


def best_first(helpers: Sequence[Helper], engagements: Iterable[Engagement]) -> list[Helper]:
    """Return the helpers with the fewest engagements first, then by account."""
    load: dict[int, int] = {}
    for one in engagements:
        load[one.agent_id] = load.get(one.agent_id, 0) + 1
    return sorted(helpers, key=lambda each: (load.get(each.agent_id, 0), each.agent_id))


def able(helpers: Sequence[Helper], matter_id: str | None) -> tuple[Helper, ...]:
    """Return those who know the matter, or all of them when nobody does."""
    known = tuple(helper for helper in helpers if helper.knows(matter_id))
    return known or tuple(helpers)


def _way(helper: Helper, one: Engagement, wish: Wish, travel: TravelTable) -> timedelta:
    if Mode.ON_SITE not in {one.mode, wish.mode}:
        return timedelta(0)
    here = one.district if one.mode is Mode.ON_SITE else helper.home
    there = wish.district if wish.mode is Mode.ON_SITE else helper.home
    return travel.between(here, there)
