"""Engines for SQLite (WAL, immediate transactions) and PostgreSQL (pre-ping)."""

from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

SQLITE_BUSY_TIMEOUT_MS = 20_000
"""Two processes share the file; a writer waits this long for the other one."""

SQLITE_CONNECTIONS = 4
SQLITE_MORE_CONNECTIONS = 60
"""Kept open, and opened for a rush; the threads of one process are fewer."""


def open_engine(url: str) -> Engine:
    """Open an engine for `url`; the folder of a SQLite file is created."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, future=True, pool_pre_ping=True, pool_size=10, max_overflow=10)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # SQLAlchemy 1.4 would open the file anew for each transaction, and the last one to close it
    # writes the whole log back into it
    engine = create_engine(
        url,
        future=True,
        connect_args={"check_same_thread": False},
        poolclass=QueuePool,
        pool_size=SQLITE_CONNECTIONS,
        max_overflow=SQLITE_MORE_CONNECTIONS,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # pysqlite's own transaction handling would delay BEGIN; we emit it ourselves
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # an acknowledged message survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # a transaction that reads first and writes later could otherwise fail in the middle
    deferred = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")
