"""A tracker store that stores, or says that it could not.

Rasa wraps every tracker store so that it falls back to memory when the database fails: replies go
on, nothing is written and nobody is told. Here an error reaches the channel, which answers 503,
and the hub tries the message again.

With the lever `trackers` (`bot/nlu/levers/trackers.py`) a tracker stays in memory after its turn,
and is used again when nobody else has written to the conversation since.
"""

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from bot.data_keys import data_keys
from bot.idle_pings import ping_when_rested
from bot.nlu.event_json import event_json
from bot.nlu.event_rows import EventRows, OneTripRows
from bot.nlu.kept_trackers import KeptTrackers, Place, place_of, set_place
from bot.sealing import DataKeys
from bot.settings import load_settings

SQLITE_BUSY_TIMEOUT_S = 20
POOL_TIMEOUT_S = 5


_NEWEST_INDEX = sa.text(
    "CREATE INDEX IF NOT EXISTS ix_events_sender_id_id ON events (sender_id, id)"
)

PLACE = "events.data"
"""Where an event is sealed for; `xiaoer keys rotate` names it the same."""


class SealedEvent(sa.types.TypeDecorator):
    """The column of events: what people said and what the bot remembers, sealed."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.engine.Dialect) -> str | None:
        """Seal an event."""
        return value and _keys(dialect).seal(value, PLACE)

    def process_result_value(self, value: str | None, dialect: sa.engine.Dialect) -> str | None:
        """Open an event; those from before there were keys are read as they are."""
        if value is None or value.startswith("{"):
            return value
        return _keys(dialect).open(value, PLACE)


_SESSION = sa.text(
    "SELECT id, data FROM events WHERE sender_id = :sender_id AND id >= coalesce("
    "(SELECT id FROM events WHERE sender_id = :sender_id"
    " AND type_name = 'session_started' ORDER BY id DESC LIMIT 1), 0) ORDER BY id"
).columns(sa.column("id", sa.Integer), sa.column("data", SealedEvent()))
"""Typed, so that events are opened."""


class TrackerConflict(Exception):
    """Somebody else has written to the conversation since its tracker was read."""


class StrictTrackerStore(SQLTrackerStore):
    """Keeps trackers in SQLite (write-ahead log) or PostgreSQL (connections checked before use).

    Args:
        domain: Set by Rasa once the model is loaded.
        host: SQLAlchemy address of the database; `url` in `endpoints.yml`.
        event_broker: Unused by us; part of Rasa's interface.
        keys: Seal the events; by default as the settings say.
        options: Further keys of `endpoints.yml`, ignored.
    """

    keeps_trackers = False
    """Set by the lever `trackers`; without it every turn reads and counts as stock Rasa does."""

    is_one_trip = False
    """Set by the lever `round_trips`; without it each look and each write is a transaction."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        keys: DataKeys | None = None,
        **options: Any,  # noqa: ARG002 - Rasa passes what endpoints.yml holds
    ) -> None:
        if not host:
            raise ValueError("tracker_store.url in endpoints.yml is empty")
        undo_fail_safe()
        super().__init__(domain=domain, host=host, event_broker=event_broker)
        self.engine.dispose()  # Rasa's own engine knows neither pre-ping nor time-outs
        self.engine = open_engine(host, keys or _own_keys())
        self._table.c.data.type = SealedEvent()
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._kept = KeptTrackers()
        self._readers, self._rows = self.engine, EventRows(self.engine, self._table)
        if self.is_one_trip and self.engine.dialect.driver == "psycopg2":
            self._readers = open_engine(host, keys or _own_keys(), is_autocommit=True)
            self._rows = OneTripRows(self._readers, self._table)
        if self.keeps_trackers:
            with self.engine.begin() as connection:
                connection.execute(_NEWEST_INDEX)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker of the latest session, None for a new conversation."""
        if not self.keeps_trackers:
            return await super().retrieve(sender_id)
        kept = self._kept.take(sender_id)
        place = place_of(kept) if kept else None
        if place is not None and place.last_id == self._rows.newest(sender_id):
            return kept
        return self._read(sender_id)

    async def create_tracker(
        self, sender_id: str, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """Return a new tracker, which is its caller's alone: the turn it begins with may break."""
        tracker = await super().create_tracker(sender_id, append_action_listen)
        self._kept.take(sender_id)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the tracker's new events.

        Raises:
            TrackerConflict: Somebody else has written to the conversation meanwhile.
        """
        if not self.keeps_trackers:
            await super().save(tracker)
            return
        await self.stream_events(tracker)
        sender_id = tracker.sender_id
        place = place_of(tracker) or self._place_of_stranger(sender_id)
        new = list(islice(tracker.events, place.stored, None))
        rows = [_row(sender_id, event) for event in new]
        newest = self._rows.append(sender_id, place.last_id, rows)
        if newest is None:
            raise TrackerConflict(sender_id)
        if any(isinstance(event, SessionStarted) for event in new):
            return  # the next turn reads the new session alone, as stock does
        set_place(tracker, Place(newest, len(tracker.events)))
        self._kept.put(tracker)

    def close_connections(self) -> None:
        """Close the connections to the database that nobody uses."""
        for engine in {self.engine, self._readers}:
            engine.dispose()

    @property
    def _table(self) -> sa.Table:
        return self.SQLEvent.__table__

    def _read(self, sender_id: str) -> DialogueStateTracker | None:
        rows = self._session(sender_id)
        if not rows:
            return None
        events = [json.loads(row.data) for row in rows]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        set_place(tracker, Place(rows[-1].id, len(tracker.events)))
        return tracker

    def _place_of_stranger(self, sender_id: str) -> Place:
        """Return how far a tracker is stored that did not come from here."""
        newest = self._rows.newest(sender_id)
        return Place(newest, len(self._session(sender_id)) if newest else 0)

    def _session(self, sender_id: str) -> Sequence[Any]:
        with self._readers.connect() as connection:
            rows: Sequence[Any] = connection.execute(_SESSION, {"sender_id": sender_id}).all()
            return rows


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": event_json(event),
    }


def open_engine(url: str, keys: DataKeys, *, is_autocommit: bool = False) -> Engine:
    """Open an engine for a tracker store, with the keys that seal its events.

    Args:
        url: SQLAlchemy address.
        keys: Of the events.
        is_autocommit: On PostgreSQL each statement is a transaction of its own.
    """
    engine = _opened(url, is_autocommit=is_autocommit)
    engine.dialect.data_keys = keys  # type: ignore[attr-defined]  # read by `SealedEvent`
    return engine


def _own_keys() -> DataKeys:
    settings = load_settings()
    return data_keys(settings.data_keys, settings.state_dir)


def _keys(dialect: Any) -> DataKeys:
    keys: DataKeys = dialect.data_keys
    return keys


def _opened(url: str, *, is_autocommit: bool) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        pooled: Engine = sa.create_engine(
            url,
            hide_parameters=True,  # an error in a log must not hold what somebody wrote
            pool_size=10,
            max_overflow=10,
            pool_timeout=POOL_TIMEOUT_S,
            isolation_level="AUTOCOMMIT" if is_autocommit else "READ COMMITTED",
        )
        return ping_when_rested(pooled)
    arguments = {"timeout": SQLITE_BUSY_TIMEOUT_S, "check_same_thread": False}
    # without a pool each transaction opens the file, and closing it writes the whole log back
    engine: Engine = sa.create_engine(
        url, hide_parameters=True, connect_args=arguments, poolclass=QueuePool
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def undo_fail_safe() -> None:
    """Keep Rasa's agent from wrapping the store into one that falls back to memory."""
    Agent._create_tracker_store = staticmethod(_keep_as_it_is)  # type: ignore[method-assign]  # noqa: SLF001 - Rasa 3.6.21 offers no setting for it


def _keep_as_it_is(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    if store is None:  # only without endpoints.yml, as in `rasa test`
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
