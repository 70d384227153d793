"""A clock that stands still until it is moved."""

from datetime import datetime, timedelta, timezone


class StillClock:
    """Tells the same time again and again."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 1, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.time

    def pass_seconds(self, seconds: float) -> None:
        """Move on."""
        self.time += timedelta(seconds=seconds)
