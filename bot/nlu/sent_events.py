"""What the action server has already been sent of a conversation, so that only the rest is sent.

Each call carries a new mark. A server that keeps events (`actions/turns/kept_events.py`) answers
with it; only then does the next call leave out what stood in the one before, and name that mark. A
server that does not know the mark says so and is sent everything.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex

MARK = "events_mark"
AFTER = "events_after"
SHARED = "events_shared"
NEW = "events_new"
KEPT = "events_kept"
UNKNOWN = "events_unknown"

MAX_EVENTS = 10_000
"""So many events in all conversations together are remembered; the server keeps a few more."""

FULL_CALLS = 50
"""So many calls carry everything after one was not understood, as behind a balancer."""


@dataclass(frozen=True)
class Sent:
    """The events of one call.

    Attributes:
        mark: Under which the server keeps them.
        texts: Their JSON.
    """

    mark: str
    texts: Sequence[str]

    def shared_with(self, texts: Sequence[str]) -> int:
        """Return how many events, from the first on, are the same; O(events)."""
        if self.texts == texts[: len(self.texts)]:
            return len(self.texts)
        pairs = zip(self.texts, texts, strict=False)
        return next((place for place, (one, other) in enumerate(pairs) if one != other), len(texts))


class SentEvents:
    """The newest call of each conversation, of those called last.

    Args:
        most: Events in all conversations together.
    """

    def __init__(self, most: int = MAX_EVENTS) -> None:
        self._most = most
        self._count = 0
        self._sent: OrderedDict[str, Sent] = OrderedDict()
        self._full_calls = 0

    def take(self, sender_id: str) -> Sent | None:
        """Take out what is known to be kept; a call that breaks leaves nothing behind."""
        found = self._forget(sender_id)
        if self._full_calls:
            self._full_calls -= 1
            return None
        return found

    def put(self, sender_id: str, sent: Sent) -> None:
        """Remember what the server has said that it keeps."""
        self._forget(sender_id)
        self._sent[sender_id] = sent
        self._count += len(sent.texts)
        while self._count > self._most:
            _, oldest = self._sent.popitem(last=False)
            self._count -= len(oldest.texts)

    def not_understood(self) -> None:
        """Send everything for a while: several servers share the calls, or one has restarted."""
        self._full_calls = FULL_CALLS

    def _forget(self, sender_id: str) -> Sent | None:
        found = self._sent.pop(sender_id, None)
        if found is not None:
            self._count -= len(found.texts)
        return found


def new_mark() -> str:
    """Return a mark that no other call has."""
    return token_hex(8)
