"""A tracker store that stores, or says that it could not.

Rasa wraps every tracker store so that it falls back to memory when the database fails: replies go
on, nothing is written and nobody is told. Here an error reaches the channel, which answers 503,
and the hub tries the message again.
"""

from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

SQLITE_BUSY_TIMEOUT_S = 20
POOL_TIMEOUT_S = 5


class StrictTrackerStore(SQLTrackerStore):
    """Keeps trackers in SQLite (write-ahead log) or PostgreSQL (connections checked before use).

    Args:
        domain: Set by Rasa once the model is loaded.
        host: SQLAlchemy address of the database; `url` in `endpoints.yml`.
        event_broker: Unused by us; part of Rasa's interface.
        options: Further keys of `endpoints.yml`, ignored.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **options: Any,  # noqa: ARG002 - Rasa passes what endpoints.yml holds
    ) -> None:
        if not host:
            raise ValueError("tracker_store.url in endpoints.yml is empty")
        undo_fail_safe()
        super().__init__(domain=domain, host=host, event_broker=event_broker)
        self.engine.dispose()  # Rasa's own engine knows neither pre-ping nor time-outs
        self.engine = open_engine(host)
        self.sessionmaker = sessionmaker(bind=self.engine)


def open_engine(url: str) -> Engine:
    """Open an engine for a tracker store."""
    if make_url(url).get_backend_name() != "sqlite":
        pooled: Engine = sa.create_engine(
            url, pool_pre_ping=True, pool_size=10, max_overflow=10, pool_timeout=POOL_TIMEOUT_S
        )
        return pooled
    arguments = {"timeout": SQLITE_BUSY_TIMEOUT_S, "check_same_thread": False}
    # without a pool each transaction opens the file, and closing it writes the whole log back
    engine: Engine = sa.create_engine(url, connect_args=arguments, poolclass=QueuePool)
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
