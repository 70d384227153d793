"""Trackers that stay in memory between two turns of a conversation."""

from collections import OrderedDict
from dataclasses import dataclass

from rasa.shared.core.trackers import DialogueStateTracker

MAX_KEPT = 256
"""Conversations; a tracker of a hundred events takes about half a megabyte."""

_ATTRIBUTE = "_xiaoer_place"


@dataclass(frozen=True)
class Place:
    """How far a tracker and the database agree.

    Attributes:
        last_id: Id of the conversation's newest row, 0 without any.
        stored: So many of the tracker's events, from the first on, are in the database.
    """

    last_id: int
    stored: int


class KeptTrackers:
    """The trackers used last; whoever takes one has it alone until it is put back."""

    def __init__(self, most: int = MAX_KEPT) -> None:
        self._most = most
        self._trackers: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    def take(self, sender_id: str) -> DialogueStateTracker | None:
        """Take a tracker out; a turn that breaks leaves nothing half done behind."""
        return self._trackers.pop(sender_id, None)

    def put(self, tracker: DialogueStateTracker) -> None:
        """Keep a tracker that was just stored; the one used longest ago may have to go."""
        self._trackers[tracker.sender_id] = tracker
        self._trackers.move_to_end(tracker.sender_id)
        while len(self._trackers) > self._most:
            self._trackers.popitem(last=False)


def place_of(tracker: DialogueStateTracker) -> Place | None:
    """Return how far the tracker is stored, None when it did not come from the database."""
    return getattr(tracker, _ATTRIBUTE, None)


def set_place(tracker: DialogueStateTracker, place: Place) -> None:
    """Write down how far the tracker is stored."""
    setattr(tracker, _ATTRIBUTE, place)
