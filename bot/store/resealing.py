"""Rewrites the sealed columns of a table row by row: to seal them, to rotate keys, to go back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import LargeBinary, Text, bindparam, select, text, update
from sqlalchemy import table as named_table
from sqlalchemy.engine import Connection
from sqlalchemy.sql import column as named_column

from bot.store.tables.triggers import append_only, append_only_dropped

AT_ONCE = 500
FILES_AT_ONCE = 20

Rewrite = Callable[[Any, str], Any]
"""From a stored value, as the database holds it, and its place to the new one."""


def rewrite(
    connection: Connection, table: str, key: str, columns: Mapping[str, bool], change: Rewrite
) -> int:
    """Give every row of a table new values, in batches by its key; returns how many changed.

    Args:
        connection: An open transaction; a batch is all that is in memory.
        table: Its name.
        key: The one column of its primary key.
        columns: Name to whether it holds bytes.
        change: Called for each value that is neither NULL nor empty.
    """
    types = {name: LargeBinary() if is_bytes else Text() for name, is_bytes in columns.items()}
    own = named_table(table, named_column(key), *(named_column(n, t) for n, t in types.items()))
    size = FILES_AT_ONCE if any(columns.values()) else AT_ONCE
    query = select(own).order_by(own.c[key]).limit(size)
    fresh = {name: bindparam(f"new_{name}", type_=types[name]) for name in columns}
    statement = update(own).where(own.c[key] == bindparam("key_")).values(fresh)
    changed, last = 0, None
    with writable(connection, table):
        while True:
            after = query if last is None else query.where(own.c[key] > last)
            rows = connection.execute(after).all()
            if not rows:
                return changed
            last = rows[-1][0]
            new = list(filter(None, (_changed(row, columns, table, change) for row in rows)))
            if new:
                connection.execute(statement, new)
            changed += len(new)


@contextmanager
def writable(connection: Connection, table: str) -> Iterator[None]:
    """Lift the guard of an append-only table until the end; both in the caller's transaction."""
    if not _is_append_only(connection, table):
        yield
        return
    _run(connection, append_only_dropped(table))
    yield
    _run(connection, append_only(table))


def _changed(
    row: Any, columns: Mapping[str, bool], table: str, change: Rewrite
) -> dict[str, Any] | None:
    old = {name: getattr(row, name) for name in columns}
    new = {n: change(v, f"{table}.{n}") if v else v for n, v in old.items()}
    if new == old:
        return None
    return {"key_": row[0], **{f"new_{name}": value for name, value in new.items()}}


def _is_append_only(connection: Connection, table: str) -> bool:
    if connection.dialect.name == "sqlite":
        query, name = "SELECT 1 FROM sqlite_master WHERE name = :name", f"{table}_no_update"
    else:
        query, name = "SELECT 1 FROM pg_trigger WHERE tgname = :name", f"{table}_append_only"
    return connection.execute(text(query), {"name": name}).first() is not None


def _run(connection: Connection, statements: Mapping[str, Sequence[str]]) -> None:
    for statement in statements[connection.dialect.name]:
        connection.exec_driver_sql(statement)
