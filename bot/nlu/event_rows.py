"""The rows of Rasa's events: what is the newest one, and appending behind it.

Stock Rasa's store, and ours before, opens a transaction for a look and another to write; with the
lock, the two looks around the rows and SQLAlchemy's own check of the connection that was eleven
round trips to PostgreSQL a turn, and a third of Rasa's time. `OneTripRows` needs one for a look and
one to write: statements that are sent together are one transaction there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

Row = Mapping[str, Any]

_NEWEST = sa.text("SELECT max(id) FROM events WHERE sender_id = :sender_id")
_ALONE = sa.text("SELECT pg_advisory_xact_lock(hashtext(:sender_id))")

_COLUMNS = ("type_name", "timestamp", "intent_name", "action_name", "data")
_LOOK = "SELECT max(id) FROM events WHERE sender_id = %s"
_VALUES = "(%s, %s::float, %s, %s, %s)"
_APPEND = """
SELECT pg_advisory_xact_lock(hashtext(%s));
INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
SELECT %s, new.* FROM (VALUES {values}) AS new
WHERE %s = (SELECT coalesce(max(id), 0) FROM events WHERE sender_id = %s)
RETURNING id
"""
"""The second statement sees what was written before the lock was got, as each one does there."""


class EventRows:
    """Rows of any database, each look and each write in a transaction of its own."""

    def __init__(self, engine: Engine, table: sa.Table) -> None:
        self._engine = engine
        self._table = table

    def newest(self, sender_id: str) -> int:
        """Return the id of a conversation's newest row, 0 without any."""
        with self._engine.connect() as connection:
            return _newest(connection, sender_id)

    def append(self, sender_id: str, after: int, rows: Sequence[Row]) -> int | None:
        """Write rows behind the newest one.

        Args:
            sender_id: The conversation.
            after: Id of the row that is to be the newest one still, 0 for none.
            rows: Values of each new row by column, `data` not sealed yet.

        Returns:
            The id of the newest row now; None when somebody else has written, then nothing is.
        """
        with self._engine.begin() as connection:
            _begin_alone(connection, sender_id)
            if _newest(connection, sender_id) != after:
                return None
            if not rows:
                return after
            connection.execute(self._table.insert(), list(rows))
            return _newest(connection, sender_id)


class OneTripRows(EventRows):
    """Rows of PostgreSQL; a look is one round trip, and so is a write.

    Args:
        engine: Opened for AUTOCOMMIT, with psycopg2 as its driver.
        table: Of the events.
    """

    def newest(self, sender_id: str) -> int:
        """Return the id of a conversation's newest row, 0 without any."""
        return self._asked(_LOOK, [sender_id])[0][0] or 0

    def append(self, sender_id: str, after: int, rows: Sequence[Row]) -> int | None:
        """Write rows behind the newest one; see `EventRows.append`."""
        if not rows:
            return after if self.newest(sender_id) == after else None
        seal = self._table.c.data.type.process_bind_param
        values: list[object] = [sender_id, sender_id]
        for row in rows:
            values += [row[name] for name in _COLUMNS]
            values[-1] = seal(row["data"], self._engine.dialect)
        statement = _APPEND.format(values=", ".join([_VALUES] * len(rows)))
        written = self._asked(statement, [*values, after, sender_id])
        return max(row[0] for row in written) if written else None

    def _asked(self, statement: str, values: Sequence[object]) -> Sequence[Any]:
        connection: Any = self._engine.raw_connection()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                found: Sequence[Any] = cursor.fetchall()
                return found
        except Exception as error:
            dialect: Any = self._engine.dialect
            if dialect.is_disconnect(error, connection, None):
                connection.invalidate()
            raise
        finally:
            connection.close()


def _newest(connection: Connection, sender_id: str) -> int:
    return connection.execute(_NEWEST, {"sender_id": sender_id}).scalar() or 0


def _begin_alone(connection: Connection, sender_id: str) -> None:
    """Let nobody else write to the conversation until the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(_ALONE, {"sender_id": sender_id})
