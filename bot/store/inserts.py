"""INSERT that gives way to a row that is there already, on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from bot.store.upserts import insert_on_conflict


def insert_if_absent(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless any unique constraint forbids it; tells whether it was inserted.

    Waits for a transaction that is writing the same key and has not ended.
    """
    statement = insert_on_conflict(connection, table).values(**values).on_conflict_do_nothing()
    return bool(connection.execute(statement).rowcount)
