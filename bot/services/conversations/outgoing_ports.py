"""What sending events to a city's data platform needs from the outside world."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.errors import BotError
from bot.domain.outgoing_events import OutgoingEvent


class BrokerDown(BotError):
    """The broker did not confirm; `str()` is a word for staff. Everything waits."""


class Broker(Protocol):
    """Takes events and keeps them."""

    def send(self, events: Sequence[OutgoingEvent]) -> int:
        """Send in order; returns how many were confirmed, from the first on.

        Raises:
            BrokerDown: Not even the first was confirmed.
        """


@dataclass(frozen=True)
class Waiting:
    """How much waits to be sent.

    Attributes:
        count: Events.
        oldest_at: When the oldest of them happened, those sent again left out; None for none.
    """

    count: int
    oldest_at: datetime | None


class OutgoingStore(Protocol):
    """Entries of histories that wait to be sent; the database writes them with the entry."""

    def waiting(self, limit: int) -> Sequence[tuple[int, OutgoingEvent | None]]:
        """Return the oldest with their queue ids; None for an entry that is gone."""

    def remove(self, queue_ids: Sequence[int]) -> None:
        """Take what was confirmed out of the queue."""

    def remove_before(self, at: datetime) -> int:
        """Take out what happened before then; returns how many."""

    def state(self) -> Waiting:
        """Return how much waits."""

    def replay(self, since: datetime, until: datetime) -> int:
        """Queue entries of the histories again (`since <= at < until`); returns how many."""
