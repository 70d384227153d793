"""Rewrites the sealed columns of a table row by row: to seal them, to rotate keys, to go back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class SealedTable:
    """What of a table is sealed.

    Attributes:
        key: The one column of its primary key.
        columns: Name to whether it holds bytes.
    """

    name: str
    key: str
    columns: Mapping[str, bool]


def rewrite(connection: Connection, table: SealedTable, change: Rewrite) -> int:
    """Give every row of a table new values, in batches; returns how many rows changed.

    Args:
        connection: An open transaction; a batch is all that is in memory.
        table: Its name and columns.
        change: Called for each value that is neither NULL nor empty.
    """
    changed, last, is_more = 0, None, True
    while is_more:
        some, last = rewrite_batch(connection, table, change, last)
        changed, is_more = changed + some, last is not None
    return changed


def rewrite_batch(
    connection: Connection, table: SealedTable, change: Rewrite, after: Any
) -> tuple[int, Any]:
    """Rewrite the rows that follow; they are locked until the transaction ends.

    Returns:
        How many changed, and the key of the last one; None when there was no row.
    """
    kinds = {
        name: LargeBinary() if is_bytes else Text() for name, is_bytes in table.columns.items()
    }
    listed = [named_column(name, kind) for name, kind in kinds.items()]
    own = named_table(table.name, named_column(table.key), *listed)
    key = own.c[table.key]
    query = select(own).order_by(key).with_for_update()
    query = query.limit(FILES_AT_ONCE if any(table.columns.values()) else AT_ONCE)
    rows = connection.execute(query if after is None else query.where(key > after)).all()
    new = list(filter(None, (_changed(row, table, change) for row in rows)))
    if new:
        fresh = {name: bindparam(f"new_{name}", type_=kind) for name, kind in kinds.items()}
        statement = update(own).where(key == bindparam("key_")).values(fresh)
        with writable(connection, table.name):
            connection.execute(statement, new)
    return len(new), rows[-1][0] if rows else None


@contextmanager
def writable(connection: Connection, table: str) -> Iterator[None]:
    """Lift the guard of an append-only table until the end; both in the caller's transaction."""
    if not _is_append_only(connection, table):
        yield
        return
    _run(connection, append_only_dropped(table))
    yield
    _run(connection, append_only(table))


def _changed(row: Any, table: SealedTable, change: Rewrite) -> dict[str, Any] | None:
    old = {name: getattr(row, name) for name in table.columns}
    new = {n: change(v, f"{table.name}.{n}") if v else v for n, v in old.items()}
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
