"""Pieces of HTML that many desks fetch at the same moment, made once."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field


@dataclass
class Fragments:
    """Keeps what was made until it is spoilt or too old; nobody else's memory is needed for it.

    A ring of the desk's bell spoils everything in every hub, so a piece is never older than the
    last thing that happened. `age_s` bounds what no bell rings for, such as presence.

    Attributes:
        age_s: Longest age in seconds; 0 keeps nothing.
    """

    age_s: float
    _kept: dict[Hashable, tuple[float, str]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the piece of this key; of many callers at once one makes it."""
        with self._lock:
            kept = self._kept  # a ring while this is made throws it away, see `spoil`
            found = kept.get(key)
            started = time.monotonic()
            if found is not None and started - found[0] < self.age_s:
                return found[1]
            made = make()
            kept[key] = (started, made)
            return made

    def spoil(self) -> None:
        """Forget everything, also what is being made at this moment; waits for nothing."""
        self._kept = {}
