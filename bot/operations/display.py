"""What the operator sees: one live line on a terminal, plain lines in a log."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.status import Status

PLAIN_EVERY_S = 15.0
"""Without a terminal a waiting line is repeated this often, so that a log shows life."""


class Display:
    """Writes to one console; a live line is open only inside `waiting`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None
        self._last_plain = 0.0

    def line(self, text: str) -> None:
        """Print one line that stays."""
        self._console.print(text, highlight=False, markup=False, soft_wrap=True)

    def show(self, what: RenderableType) -> None:
        """Print a table or the like, which stays."""
        self._console.print(what)

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Show `text` as work in progress until the block ends."""
        if not self._console.is_terminal:
            self.line(text)
            self._last_plain = time.monotonic()
            yield
            return
        with self._console.status(text) as status:
            self._status = status
            try:
                yield
            finally:
                self._status = None

    def update(self, text: str) -> None:
        """Replace the live line; without a terminal, print it now and then."""
        if self._status is not None:
            self._status.update(text)
        elif time.monotonic() - self._last_plain >= PLAIN_EVERY_S:
            self._last_plain = time.monotonic()
            self.line(text)
