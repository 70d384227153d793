"""Looks and writes in one round trip to PostgreSQL each.

Stock Rasa opens a session of SQLAlchemy's ORM for each look and each write, and asks before each
whether the connection lives: 7 to 9 round trips a turn, 11 with the lock and the looks that the
lever `trackers` needs to tell that nobody else has written. Here it is two (`bot/nlu/event_rows`).
It does nothing on SQLite, where there is nobody to travel to, or without `trackers`.
"""

from rasa.core.tracker_store import SQLTrackerStore

from bot.nlu.levers.lever import Lever, Replaced
from bot.nlu.strict_tracker_store import StrictTrackerStore


def _pull() -> None:
    StrictTrackerStore.is_one_trip = True


LEVER = Lever(
    "round_trips",
    _pull,
    (
        Replaced(SQLTrackerStore.save, "40c85e53007d9a74"),
        Replaced(SQLTrackerStore._retrieve, "097d43e4a023761d"),  # noqa: SLF001
        Replaced(SQLTrackerStore.SQLEvent, "799271045e3c4c1b"),  # the columns
    ),
)
