"""Whether a helper is free at a time, and which of them takes a booking."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.booking_rules import TravelTable
from bot.domain.halls import Mode, at_local, to_local
from bot.domain.helpers import (
    Absence,
    Engagement,
    Helper,
    Wish,
    able,
    best_first,
    seats_left,
)
from bot.services.ports import UnitOfWork

LONGEST_WAY = timedelta(hours=12)
"""An engagement further away than this is no hindrance, whatever the roads."""


class Staff:
    """The helpers of one district and way, as one transaction sees them.

    A hall without helpers in the settings has places by its rule alone.
    """

    def __init__(
        self,
        unit: UnitOfWork,
        district: str,
        mode: Mode,
        now: datetime,
        *,
        matter_id: str | None = None,
        conversation_id: str | None = None,
        moved: int | None = None,
    ) -> None:
        self._unit = unit
        self._district = district
        self._mode = mode
        self._now = now
        self._matter_id = matter_id
        self._conversation_id = conversation_id
        self._moved = moved
        self._days: dict[object, tuple[Engagement, ...]] = {}

    @cached_property
    def helpers(self) -> tuple[Helper, ...]:
        """Return those who can take the matter; all of the hall when nobody knows it."""
        return able(self._unit.helpers.serving(self._district, self._mode), self._matter_id)

    def seats(self, starts_at: datetime, ends_at: datetime) -> int | None:
        """Return how many applicants the helpers can still see; None without helpers."""
        if not self.helpers:
            return None
        wish = self._wish(starts_at, ends_at)
        return sum(self._left(each, wish, self._around(starts_at)) for each in self.helpers)

    def choose(
        self, starts_at: datetime, ends_at: datetime, prefer: int | None = None
    ) -> tuple[bool, int | None]:
        """Return whether somebody is free, and who; locks the helpers until the end.

        Args:
            starts_at: UTC.
            ends_at: UTC.
            prefer: Who was kept for this applicant.

        Returns:
            (True, None) for a hall without helpers.
        """
        if not self.helpers:
            return True, None
        self._unit.helpers.lock([helper.agent_id for helper in self.helpers])
        self._days.clear()  # what was read before the lock may be old
        self._absences = self._read_absences()
        wish = self._wish(starts_at, ends_at)
        near = self._around(starts_at)
        ordered = best_first(self.helpers, near)
        ordered.sort(key=lambda each: each.agent_id != prefer)
        for helper in ordered:
            if self._left(helper, wish, near):
                return True, helper.agent_id
        return False, None

    @cached_property
    def _travel(self) -> TravelTable:
        return self._unit.service_settings.booking_rules().travel

    @cached_property
    def _absences(self) -> tuple[Absence, ...]:
        return self._read_absences()

    def _read_absences(self) -> tuple[Absence, ...]:
        ids = [helper.agent_id for helper in self.helpers]
        return self._unit.helpers.absences(ids, self._now)

    def _around(self, starts_at: datetime) -> tuple[Engagement, ...]:
        day = to_local(starts_at).date()
        if day not in self._days:
            midnight = at_local(day, datetime.min.time())
            self._days[day] = self._unit.helpers.engagements(
                [helper.agent_id for helper in self.helpers],
                midnight - LONGEST_WAY,
                midnight + timedelta(days=1) + LONGEST_WAY,
                now=self._now,
                but_booking=self._moved,
                but_conversation=self._conversation_id,
            )
        return self._days[day]

    def _left(self, helper: Helper, wish: Wish, near: Sequence[Engagement]) -> int:
        own = [one for one in near if one.agent_id == helper.agent_id]
        away = [one for one in self._absences if one.agent_id == helper.agent_id]
        return seats_left(helper, wish, own, away, self._travel)

    def _wish(self, starts_at: datetime, ends_at: datetime) -> Wish:
        return Wish(starts_at, ends_at, self._mode, self._district, self._matter_id)
