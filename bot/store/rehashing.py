"""Makes every keyed hash anew, with another key of the hashes.

While one half of the rows has new hashes and the other old ones nothing is found by them, so
nobody else may use the database meanwhile. Each batch is a transaction of its own: a run that was
stopped is run again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.store.desk_search import pairs_of
from bot.store.sealed_types import KeyedHash
from bot.store.tables import METADATA
from bot.store.tables.desk import DESK_PAIRS, DESK_TEXTS

AT_ONCE = 500

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class HashedColumn:
    """A keyed hash and what it is made of.

    Attributes:
        hashed: Name of the column with the hash.
        source: Name of the sealed column beside it.
    """

    table: Table
    hashed: str
    source: str


def hashed_columns() -> Iterator[HashedColumn]:
    """Yield every keyed hash that has its value sealed beside it; the search index has not."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, KeyedHash) and table is not DESK_PAIRS:
                _, _, source = column.type.place.partition(".")
                yield HashedColumn(table, column.name, source)


def rehash(engine: Engine, *, tell: Tell) -> int:
    """Make all hashes anew with the keys of the engine; returns how many rows changed.

    Args:
        engine: Of our database, opened with the new key of the hashes.
        tell: Called with each table and how many of its rows changed.

    Raises:
        UnreadableData: A value was sealed with a key that is not there.
    """
    total = 0
    for column in hashed_columns():
        done = _each_batch(engine, lambda link, last, column=column: _renew(link, column, last))  # type: ignore[misc]
        tell(f"{column.table.name}.{column.hashed}", done)
        total += done
    done = _each_batch(engine, _renew_pairs)
    tell(DESK_PAIRS.name, done)
    return total + done


def _renew(connection: Connection, column: HashedColumn, after: Any) -> tuple[int, Any]:
    table = column.table
    (key,) = table.primary_key.columns
    hashed, source = table.c[column.hashed], table.c[column.source]
    rows = _batch(connection, select(key, source, hashed).where(source != ""), key, after)
    kind = hashed.type
    fresh = [
        {"key_": row[0], "value_": row[1]}
        for row in rows
        if _hash(kind, row[1], connection) != row[2]
    ]
    if fresh:
        changed = update(table).where(key == bindparam("key_"))
        values = {column.hashed: bindparam("value_", type_=kind)}
        connection.execute(changed.values(values), fresh)
    return len(fresh), rows[-1][0] if rows else None


def _renew_pairs(connection: Connection, after: Any) -> tuple[int, Any]:
    texts = DESK_TEXTS.c
    rows = _batch(connection, select(texts.id, texts.text), texts.id, after)
    pair, text_id = DESK_PAIRS.c.pair, DESK_PAIRS.c.text_id
    stored: defaultdict[int, set[str]] = defaultdict(set)
    mine = select(text_id, pair).where(text_id.in_([row.id for row in rows]))
    for known in connection.execute(mine):
        stored[known.text_id].add(known.pair)
    kind = pair.type
    old = [
        row
        for row in rows
        if {_hash(kind, one, connection) for one in pairs_of(row.text)} != stored[row.id]
    ]
    if old:
        connection.execute(delete(DESK_PAIRS).where(text_id.in_([row.id for row in old])))
        fresh = [{"pair": one, "text_id": row.id} for row in old for one in pairs_of(row.text)]
        connection.execute(insert(DESK_PAIRS), fresh)
    return len(old), rows[-1][0] if rows else None


def _hash(kind: Any, value: str, connection: Connection) -> str | None:
    hashed: str | None = kind.process_bind_param(value, connection.dialect)
    return hashed


def _batch(connection: Connection, query: Any, key: Any, after: Any) -> Any:
    query = query.order_by(key).limit(AT_ONCE).with_for_update()
    return connection.execute(query if after is None else query.where(key > after)).all()


def _each_batch(engine: Engine, renew: Callable[[Connection, Any], tuple[int, Any]]) -> int:
    changed, last, is_more = 0, None, True
    while is_more:
        with engine.begin() as connection:
            some, last = renew(connection, last)
        changed, is_more = changed + some, last is not None
    return changed
