"""What a way back would throw away: rows and values that the older schema has no place for."""

import tempfile
from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

from bot.store import migrate
from bot.store.engine import opened
from bot.store.tables.schema import SCHEMA_STEPS

Columns = Mapping[str, Mapping[str, Any]]


def loss_of(engine: Engine, revision: str) -> Mapping[str, int]:
    """Count what a downgrade to `revision` drops, by "table" or "table.column"; reads only.

    Costs a pass over each table that has something to lose. Whatever holds nothing but its default
    is no loss, and is left out.
    """
    kept = _columns_at(revision)
    found: dict[str, int] = {}
    with engine.connect() as connection:
        for table, columns in _columns(connection).items():
            if table not in kept:
                found[table] = _count(connection, table, "1 = 1")
                continue
            for name, default in columns.items():
                if name not in kept[table]:
                    found[f"{table}.{name}"] = _count(connection, table, _is_filled(name, default))
    return {name: count for name, count in sorted(found.items()) if count}


def _columns_at(revision: str) -> Columns:
    """Return tables and columns of an older schema, from an empty file brought to it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(f"sqlite:///{folder}/then.db") as engine,
    ):
        migrate.upgrade(engine, revision)
        with engine.connect() as connection:
            return _columns(connection)


def _columns(connection: Connection) -> Columns:
    """Return the default of each column, as SQL or None, by table."""
    found = inspect(connection)
    own = set(found.get_table_names()) - {SCHEMA_STEPS.name, "alembic_version"}
    return {
        table: {column["name"]: column["default"] for column in found.get_columns(table)}
        for table in own
    }


def _count(connection: Connection, table: str, condition: str) -> int:
    quoted = connection.dialect.identifier_preparer.quote(table)
    # names come from the schema itself, nobody types them
    query = text(f"SELECT count(*) FROM {quoted} WHERE {condition}")  # noqa: S608
    return int(connection.execute(query).scalar_one())


def _is_filled(name: str, default: str | None) -> str:
    same = f' AND "{name}" <> {default}' if default is not None else ""
    return f'"{name}" IS NOT NULL{same}'
