"""Keeps the tracker of a conversation in memory after its turn, and only appends to the database.

Stock Rasa reads all events of the session back for every message, parses and replays them, and
counts them once more before it writes. Here one indexed look tells whether anybody else has written
since; if nobody has, the tracker is used as it is. A write that would go over somebody else's is
refused, where stock leaves events out in silence.
"""

from rasa.core.tracker_store import SQLTrackerStore

from bot.nlu.levers.lever import Lever, Replaced
from bot.nlu.strict_tracker_store import StrictTrackerStore


def _pull() -> None:
    StrictTrackerStore.keeps_trackers = True


LEVER = Lever(
    "trackers",
    _pull,
    (
        Replaced(SQLTrackerStore.save, "40c85e53007d9a74"),
        Replaced(SQLTrackerStore._retrieve, "097d43e4a023761d"),  # noqa: SLF001
        Replaced(SQLTrackerStore._event_query, "6926faba1493084e"),  # noqa: SLF001
        Replaced(SQLTrackerStore._additional_events, "e6d9422d39295e29"),  # noqa: SLF001
    ),
)
