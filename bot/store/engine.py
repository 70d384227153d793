"""Engines for SQLite (WAL, immediate transactions) and PostgreSQL (connections checked)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

from bot.idle_pings import ping_when_rested
from bot.sealing import DataKeys
from bot.store.prepared import prepare_often

SQLITE_BUSY_TIMEOUT_MS = 20_000
"""Two processes share the file; a writer waits this long for the other one."""

SQLITE_CONNECTIONS = 64
"""Kept open once they were needed; the threads of one process are fewer."""


def open_engine(
    url: str,
    keys: DataKeys | None = None,
    *,
    kept: int = 10,
    more: int = 10,
    made_by: Callable[..., Any] | None = None,
) -> Engine:
    """Open an engine for `url`; the folder of a SQLite file is created.

    Args:
        url: SQLAlchemy address.
        keys: Of personal data, for the types in `bot.store.sealed_types`; without them only the
            rest can be read and written.
        kept: So many connections to PostgreSQL stay open once they were needed.
        more: So many beside them, while they are needed.
        made_by: Class of the driver's connections to PostgreSQL, None for its own.
    """
    engine = _opened(url, kept, more, made_by)
    engine.dialect.data_keys = keys  # type: ignore[attr-defined]  # read by the sealed types
    return engine


def is_absent(url: str) -> bool:
    """Tell whether the database is a SQLite file that nobody has made yet."""
    parsed = make_url(url)
    in_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, ":memory:"}
    return in_file and not Path(str(parsed.database)).exists()


@contextmanager
def opened(url: str, keys: DataKeys | None = None) -> Iterator[Engine]:
    """Open an engine for a while; closes its connections at the end."""
    engine = open_engine(url, keys)
    try:
        yield engine
    finally:
        engine.dispose()


def _opened(url: str, kept: int, more: int, made_by: Callable[..., Any] | None) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        pooled = create_engine(
            url,
            future=True,
            hide_parameters=True,  # an error in a log must not hold what somebody wrote
            connect_args={} if made_by is None else {"connection_factory": made_by},
            pool_size=kept,
            max_overflow=more,
        )
        return prepare_often(ping_when_rested(pooled))
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # SQLAlchemy 1.4 would open the file anew for each transaction, and the last one to close it
    # writes the whole log back into it
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
        poolclass=QueuePool,
        pool_size=SQLITE_CONNECTIONS,
        max_overflow=0,
        pool_use_lifo=True,  # the fewest that suffice
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Engine:
    """Return the same connections for transactions that read, and fail when they write.

    On SQLite they wait for no writer and hold none up, as on PostgreSQL.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(readonly=True)
    return engine.execution_options(postgresql_readonly=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite's own transaction handling would delay BEGIN; we emit it ourselves
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # an acknowledged message survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Any) -> None:
    is_reading = connection.get_execution_options().get("readonly", False)
    if is_reading is not connection.info.get("is_reading", False):
        connection.exec_driver_sql(f"PRAGMA query_only = {is_reading:d}")
        connection.info["is_reading"] = is_reading
    # a transaction that reads first and writes later could otherwise fail in the middle
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
