"""What the open statistics need of the database: rows to count, and the counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.feedback_answers import Mark
from bot.domain.open_data import Count


@dataclass(frozen=True)
class Ended:
    """A service that ended: a case, a whistle, or a booking.

    Attributes:
        opened_at: None where how long it took says nothing.
        is_reviewed: It has a review by now.
    """

    kind: str
    opened_at: datetime | None
    ended_at: datetime
    department_id: str
    matter_id: str
    is_reviewed: bool


@dataclass(frozen=True)
class Letter:
    """A complaint or suggestion; `at` is what was asked for: filed, or first answered."""

    kind: str
    department_id: str
    matter_id: str
    opened_at: datetime
    due_on: date
    at: datetime


@dataclass(frozen=True)
class Settled:
    """A rectification that is over."""

    state: str
    created_at: datetime
    due_on: date
    at: datetime


class OpenSourceStore(Protocol):
    """What is counted; every method reads what happened in [start, end)."""

    def ended(self, start: datetime, end: datetime) -> Sequence[Ended]:
        """Return what ended, made-up ones left out."""

    def reviews(self, start: datetime, end: datetime) -> Sequence[tuple[str, int]]:
        """Return kind of target and level of each review."""

    def settled(self, start: datetime, end: datetime) -> Sequence[Settled]:
        """Return the rectifications that ended."""

    def filed(self, start: datetime, end: datetime) -> Sequence[Letter]:
        """Return what was filed."""

    def answered(self, start: datetime, end: datetime) -> Sequence[Letter]:
        """Return what got its first answer."""

    def adopted(self, start: datetime, end: datetime) -> int:
        """Count approved answers that say what was changed."""

    def marks(self, start: datetime, end: datetime) -> Sequence[frozenset[Mark]]:
        """Return what the checker found good in each answer that went out."""

    def published(self, start: datetime, end: datetime) -> int:
        """Count publications."""

    def hot(self, start: datetime, end: datetime) -> Sequence[str]:
        """Return the category of each hot issue that was raised."""


class OpenCountStore(Protocol):
    """The maintained counts."""

    def counted(self, first: date, last: date) -> frozenset[date]:
        """Return which months of [first, last] have been counted."""

    def add_month(self, month: date, counts: Sequence[Count], *, now: datetime) -> bool:
        """Write the counts of a month; False when it has been counted before."""

    def totals(self, first: date, last: date) -> Sequence[Count]:
        """Return the sums of [first, last]: whole, parts (`month` ""), and months."""
