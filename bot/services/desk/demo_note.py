"""The line over pages of the desk and open pages while the database holds made-up data."""

import time

from bot.services.ports import OpenUnitOfWork

LOOK_EVERY_S = 5.0
"""A page is rendered often; how the database is marked changes by hand, and rarely."""


class DemoNote:
    """Returns the line, "" in a real office.

    Args:
        reading: Opens units that read.
        words: The line.
    """

    def __init__(self, reading: OpenUnitOfWork, words: str) -> None:
        self._reading = reading
        self._words = words
        self._seen: tuple[float, bool] | None = None

    def __call__(self) -> str:
        """Look at the mark, at most every `LOOK_EVERY_S` seconds."""
        now = time.monotonic()
        if self._seen is None or now - self._seen[0] > LOOK_EVERY_S:
            with self._reading() as unit:
                self._seen = (now, unit.demo.filled_at() is not None)
        return self._words if self._seen[1] else ""
