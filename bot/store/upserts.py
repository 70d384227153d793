"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL spell the same and SQLAlchemy does not."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def insert_on_conflict(connection: Connection, table: Table) -> Any:
    """Return an INSERT of the connection's dialect that has `on_conflict_do_...`."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
