"""Finds rows by a part of a sealed text, which no database can look into."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.engine import Connection

AT_ONCE = 1000


def ids_where(connection: Connection, query: Any, holds: Callable[[Any], bool]) -> list[int]:
    """Return the ids of the rows of a query that `holds` says yes to.

    Args:
        connection: An open transaction.
        query: Selects `id` and what `holds` looks at; narrow it first, each row is opened.
        holds: Tells whether a row counts.

    Cost: O(rows), about 15 microseconds each for one sealed column.
    """
    found: list[int] = []
    for rows in (
        connection.execution_options(stream_results=True).execute(query).partitions(AT_ONCE)
    ):
        found.extend(row.id for row in rows if holds(row))
    return found
