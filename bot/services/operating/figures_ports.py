"""The repository of what is watched, as use cases see it."""

from datetime import date, datetime
from typing import Protocol

from bot.domain.figures import Figures


class FiguresStore(Protocol):
    """Counts for those who watch the service."""

    def read(self, *, now: datetime, today: date) -> Figures:
        """Return the figures of this moment."""
