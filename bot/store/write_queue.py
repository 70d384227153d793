"""Lets the writers of one process take a SQLite file one after the other, in the order they came.

SQLite itself makes a writer that finds the file taken sleep and look again, up to a tenth of a
second each time: among many threads the one that came first may go on losing until it gives up.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class WriteQueue:
    """A lock that threads get in the order in which they asked for it."""

    def __init__(self, patience_s: float) -> None:
        """Make a free lock.

        Args:
            patience_s: Who waited so long goes on without it, and meets SQLite's own time limit.
        """
        self._patience_s = patience_s
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait at this moment."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the lock for the length of a block."""
        has_turn = self._take()
        try:
            yield
        finally:
            if has_turn:
                self._pass_on()

    def _take(self) -> bool:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(self._patience_s):
            return True
        with self._guard:
            if mine.is_set():  # it came at the last moment
                return True
            self._waiting.remove(mine)
        return False

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
