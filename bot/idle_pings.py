"""Asks a connection to PostgreSQL whether it still lives, when there is reason to ask.

SQLAlchemy's own check (`pool_pre_ping`) is a round trip before each transaction, and a second one
to put back what the first has changed when the transaction only reads; a turn has up to six of
them. Here a connection that was used a moment ago is asked only when its socket has something to
read: a server that ends, restarts or drops the connection says so or closes it, and one that is
well says nothing between two transactions.
"""

import select
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError

RESTED_S = 1.0
"""After so long without use a connection is asked in any case: a network may die without a word."""

_USED_AT = "used_at"


def ping_when_rested(engine: Engine) -> Engine:
    """Make an engine look at its connections in this way; it must not have `pool_pre_ping`.

    Returns:
        The engine.
    """

    def checked_in(_connection: Any, record: Any) -> None:
        record.info[_USED_AT] = time.monotonic()

    def checked_out(connection: Any, record: Any, _proxy: Any) -> None:
        used_at = record.info.get(_USED_AT)  # a new connection has notes of its own
        if used_at is None:
            return
        if time.monotonic() - used_at < RESTED_S and not _has_something_to_say(connection):
            return
        if not _answers(engine, connection):
            raise InvalidatePoolError  # all that were opened before are replaced, this one too

    sa.event.listen(engine, "checkin", checked_in)
    sa.event.listen(engine, "checkout", checked_out)
    return engine


def _has_something_to_say(connection: Any) -> bool:
    if connection.closed:
        return True
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN)
    return bool(poller.poll(0))


def _answers(engine: Engine, connection: Any) -> bool:
    dialect: Any = engine.dialect
    try:
        return bool(dialect.do_ping(connection))
    except dialect.dbapi.Error:  # one that is no disconnection
        return False
