"""The circuit breaker: a platform that failed again and again is left alone for a while.

Its state belongs to the process and is not shared: what it saves is waiting time, and each process
learns it with three failures, while a shared one would cost a write for every failure.
"""

import threading
from collections.abc import Callable

FAILURES = 3
"""So many in a row open it."""

REST_S = 15.0
"""For so long nobody asks; then one call tries, and the others still wait for what it finds."""


class Breaker:
    """Counts failures in a row; safe for several threads."""

    def __init__(
        self, now: Callable[[], float], *, failures: int = FAILURES, rest_s: float = REST_S
    ) -> None:
        self._now = now
        self._limit = failures
        self._rest_s = rest_s
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    def allows(self) -> bool:
        """Tell whether a call may be made; after the rest exactly one is let through."""
        with self._lock:
            if self._failures < self._limit:
                return True
            if self._now() < self._open_until:
                return False
            self._open_until = self._now() + self._rest_s
            return True

    def succeeded(self) -> None:
        """Close it."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._limit:
                self._open_until = self._now() + self._rest_s
