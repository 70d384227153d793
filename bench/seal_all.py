"""Seals what a benchmark wrote past the tables, as the migration does."""

from typing import Any

from sqlalchemy.engine import Engine

from bot.sealing import key_of
from bot.store.key_rotation import sealed_tables
from bot.store.resealing import rewrite
from bot.store.sealed_types import keys_of


def seal_all(engine: Engine, *names: str) -> None:
    """Seal the plain values of these tables."""
    keys = keys_of(engine.dialect)

    def seal(value: Any, place: str) -> Any:
        return keys.seal(value, place) if key_of(value) is None else value

    for table in sealed_tables():
        if table.name in names:
            with engine.begin() as connection:
                rewrite(connection, table, seal)
