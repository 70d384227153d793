"""The operator's rules around a booking: how long a slot is held, reminders, no-shows, travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.halls import BadServiceSetting, at_local, to_local

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class QuietHours:
    """Local hours in which nobody is reminded; they go over midnight when `since` > `until`."""

    since: time
    until: time

    def covers(self, moment: datetime) -> bool:
        """Tell whether an aware moment is quiet."""
        at = to_local(moment).time()
        if self.since <= self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until

    def before(self, moment: datetime) -> datetime:
        """Return the moment itself, or the last minute that is not quiet before it (UTC)."""
        if not self.covers(moment):
            return moment
        local = to_local(moment)
        begins = at_local(local.date(), self.since)
        if begins > moment:
            begins -= ONE_DAY
        return begins - ONE_MINUTE


@dataclass(frozen=True)
class NoShowRule:
    """What follows when somebody did not come `limit` times within `within_days`.

    The next bookings count only once the person has confirmed on the telephone; without that they
    are cancelled `confirm_before` their start.
    """

    limit: int
    within_days: int
    confirm_before: timedelta


@dataclass(frozen=True)
class TravelTable:
    """Minutes that a helper needs from one district to another.

    Attributes:
        within: Between two addresses of one district.
        default: Between two districts without a line of their own.
        pairs: Two districts to the minutes between them, both ways.
    """

    within: timedelta
    default: timedelta
    pairs: Mapping[frozenset[str], timedelta]

    def between(self, one: str, other: str) -> timedelta:
        """Return the time from one district to another."""
        if one == other:
            return self.within
        return self.pairs.get(frozenset({one, other}), self.default)


@dataclass(frozen=True)
class BookingRules:
    """The rules as the operator set them.

    Attributes:
        hold: How long a slot is kept for somebody who decides.
        offer: How long a freed slot is kept for the next one on the waiting list.
        reminders: How long before the start each reminder goes out.
        source: Who says so.
    """

    hold: timedelta
    offer: timedelta
    reminders: tuple[timedelta, ...]
    quiet: QuietHours
    no_show: NoShowRule
    travel: TravelTable
    source: str

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises:
            BadServiceSetting: A length is not positive, or a limit is below one.
        """
        lengths = (self.hold, self.offer, *self.reminders)
        if any(not timedelta(0) < length <= timedelta(days=14) for length in lengths):
            raise BadServiceSetting("hold, offer or reminders out of range")
        if self.no_show.limit < 1 or self.no_show.within_days < 1:
            raise BadServiceSetting("no_show out of range")
        roads = (self.travel.within, self.travel.default, *self.travel.pairs.values())
        if any(not timedelta(0) <= road <= ONE_DAY for road in roads):
            raise BadServiceSetting("travel out of range")

    def reminders_of(self, starts_at: datetime, now: datetime) -> Mapping[str, datetime]:
        """Return when each reminder of a booking goes out, by its kind; past ones are left out.

        A kind is its distance in minutes ("1440", "60"). One that would fall into quiet hours goes
        out before them.
        """
        found = {}
        for length in self.reminders:
            due_at = self.quiet.before(starts_at - length)
            if due_at > now:
                found[str(int(length / ONE_MINUTE))] = due_at
        return found
