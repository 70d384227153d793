"""SQLite engines of the tests: a statement is compiled once in a worker, not once in each test.

Nor do they wait for the disk: tests kill processes, and only a power cut needs what has reached it.
"""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import Dialect

from bot.store.engine import open_engine
from tests.keys import TEST_KEYS


def open_sqlite(url: str) -> Engine:
    """Open a file with the keys of the tests.

    SQLAlchemy keeps what it has compiled by dialect, and each engine has a dialect of its own; a
    process that runs on compiles once, and so do tests: that was 20 ms of each.
    """
    engine = open_engine(url, TEST_KEYS)
    engine.dialect, engine._compiled_cache = _shared()
    engine.dialect.data_keys = TEST_KEYS  # a test may have left others there
    event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@lru_cache(maxsize=1)
def _shared() -> tuple[Dialect, MutableMapping[Any, Any]]:
    engine: Any = open_engine("sqlite:///:memory:", TEST_KEYS)
    engine.connect().close()  # the dialect asks the library once what it can do
    engine.dispose()
    return engine.dialect, engine._compiled_cache
