"""Seals everything anew with the newest key, while the application runs."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.sealing import DataKeys, key_of
from bot.store.resealing import SealedTable, rewrite_batch
from bot.store.sealed_types import Sealed, SealedBytes, SealedJson
from bot.store.tables import METADATA

EVENT_PLACE = "events.data"
RASA_EVENTS = SealedTable("events", "id", {"data": False})
"""Of Rasa's tracker store; `bot/nlu/strict_tracker_store.py` seals them."""

Tell = Callable[[str, int], None]


def sealed_tables() -> Iterator[SealedTable]:
    """Yield every table of ours with sealed columns."""
    for table in METADATA.sorted_tables:
        columns = {
            column.name: isinstance(column.type, SealedBytes)
            for column in table.columns
            if isinstance(column.type, (Sealed, SealedBytes, SealedJson))
        }
        if columns:
            (key,) = table.primary_key.columns
            yield SealedTable(table.name, key.name, columns)


def rotate(engine: Engine, keys: DataKeys, *, tell: Tell) -> int:
    """Seal every value with the newest key that an older one sealed; returns how many rows.

    Safe to stop and to run again; each batch is a transaction of its own.

    Args:
        engine: Of our database or of Rasa's.
        keys: The old ones and the new one.
        tell: Called with each table and how many of its rows were sealed anew.

    Raises:
        UnreadableData: A value was sealed with a key that is not there any more.
    """

    def renew(value: Any, place: str) -> Any:
        if key_of(value) == keys.newest:
            return value
        if place == EVENT_PLACE and value.startswith("{"):
            return keys.seal(value, place)  # from before events were sealed
        if isinstance(value, str):
            return keys.seal(keys.open(value, place), place)
        return keys.seal_bytes(keys.open_bytes(bytes(value), place), place)

    total = 0
    for table in _present(engine):
        done = _each_batch(engine, table, renew)
        tell(table.name, done)
        total += done
    return total


def keys_in_use(engine: Engine) -> Mapping[str, int]:
    """Return how many values each key has sealed, by its id; reads every sealed value."""
    found: Counter[str] = Counter()

    def count(value: Any, _place: str) -> Any:
        found[key_of(value) or ""] += 1
        return value

    for table in _present(engine):
        _each_batch(engine, table, count)
    return found


def _present(engine: Engine) -> list[SealedTable]:
    names = set(inspect(engine).get_table_names())
    return [table for table in (*sealed_tables(), RASA_EVENTS) if table.name in names]


def _each_batch(engine: Engine, table: SealedTable, change: Callable[[Any, str], Any]) -> int:
    changed, last, is_more = 0, None, True
    while is_more:
        with engine.begin() as connection:
            some, last = rewrite_batch(connection, table, change, last)
        changed, is_more = changed + some, last is not None
    return changed
