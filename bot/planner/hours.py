"""Service hours of one day; which days are worked is the calendar's business."""

from dataclasses import dataclass
from datetime import time

from bot.planner.errors import PlannerError


class InvalidServiceHours(PlannerError):
    """Periods are empty, out of order or overlap."""


@dataclass(frozen=True)
class ServiceHours:
    """Opening hours of one day, the same on each working day.

    Attributes:
        periods: (open, close) in local time, in order; the closing minute is already closed.
    """

    periods: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        """Check the order.

        Raises:
            InvalidServiceHours: No period, an empty one, or two that overlap.
        """
        ends = [moment for period in self.periods for moment in period]
        if not ends or any(a > b for a, b in zip(ends, ends[1:])):  # noqa: RUF007, B905
            raise InvalidServiceHours("periods must be given in order and not overlap")
        if any(start == end for start, end in self.periods):
            raise InvalidServiceHours("a period is empty")

    def contains(self, moment: time) -> bool:
        """Tell whether the local time of day `moment` is inside a period."""
        return any(start <= moment < end for start, end in self.periods)
