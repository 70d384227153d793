"""Rows as code of an earlier schema writes them: its own columns, nothing that came later."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import MetaData, Table, func, select
from sqlalchemy.engine import Connection, Engine

from bot.sealing import DataKeys

SEALED_SINCE = "0021"
TABLES = ("conversations", "messages", "tickets", "ticket_departments", "ticket_events")
BEGAN = datetime(2026, 11, 1, 1, 0, tzinfo=timezone.utc)
MESSAGES_EACH = 2
SEALED = {("messages", "text"), ("tickets", "description"), ("tickets", "contact_phone")}
BATCH = 2_000


@dataclass(frozen=True)
class OldSchema:
    """The tables of an earlier schema, read once from the database when it stood there.

    Attributes:
        keys: Seal what that schema keeps sealed; None before sealing.
    """

    tables: Mapping[str, Table]
    keys: DataKeys | None

    def rows(self, at: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return one ticket with its conversation, by table; `at` makes it another one."""
        number = at + 1
        day = BEGAN + timedelta(seconds=at)
        talk = {"conversation_id": f"c{number:08}"}
        ticket = {"ticket_id": number}
        return {
            "conversations": [self._row("conversations", day, id=f"c{number:08}", owner="bot")],
            "messages": [
                self._row("messages", day, **talk, author="applicant", text=text_of(number, line))
                for line in range(MESSAGES_EACH)
            ],
            "tickets": [
                self._row("tickets", day, id=number, number=f"W{number:08}", **talk, state="given")
            ],
            "ticket_departments": [self._row("ticket_departments", day, **ticket)],
            "ticket_events": [self._row("ticket_events", day, **ticket, kind="opened")],
        }

    def _row(self, table: str, at: datetime, **values: object) -> Mapping[str, Any]:
        """Return a row with everything that may not be empty."""
        found: dict[str, Any] = {}
        for column in self.tables[table].columns:
            name = column.name
            is_left_to_the_database = column.server_default is not None or name == "id"
            if name in values:
                found[name] = values[name]
            elif not column.nullable and not is_left_to_the_database:
                found[name] = _something(table, name, column.type.python_type, at, values)
            if self.keys and (table, name) in SEALED:
                found[name] = self.keys.seal(found[name], f"{table}.{name}")
        return found


def read_schema(engine: Engine, keys: DataKeys, revision: str) -> OldSchema:
    """Return the tables as they are now, at `revision`."""
    metadata = MetaData()
    metadata.reflect(engine, only=TABLES)
    return OldSchema(
        {name: metadata.tables[name] for name in TABLES},
        keys if revision >= SEALED_SINCE else None,
    )


def fill(engine: Engine, old: OldSchema, tickets: int) -> None:
    """Write so many tickets with their conversations, in batches."""
    for first in range(0, tickets, BATCH):
        with engine.begin() as connection:
            batch = [old.rows(at) for at in range(first, min(first + BATCH, tickets))]
            for table in TABLES:
                rows = [row for one in batch for row in one[table]]
                connection.execute(old.tables[table].insert(), rows)


def write_one(connection: Connection, old: OldSchema, at: int) -> None:
    """Write one ticket more, as a hub of that schema does while it runs."""
    for table, rows in old.rows(at).items():
        connection.execute(old.tables[table].insert(), rows)


def text_of(number: int, line: int) -> str:
    """Return what was said: each line is another one."""
    return f"第{number}件第{line}句: 厂房通不上电"


def counts(engine: Engine, old: OldSchema) -> Mapping[str, int]:
    """Return how many rows each table has."""
    with engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in old.tables.items()
        }


def _something(
    table: str, name: str, kind: type, at: datetime, values: Mapping[str, object]
) -> object:
    if name in {"buttons", "attachments"}:
        return json.dumps([])
    if name == "fields":
        return json.dumps({})
    if name in {"number", "origin"}:
        return f"{table}:{values.get('id')}"
    found: Mapping[type, object] = {bool: False, int: 0, datetime: at, str: "x"}
    return found[kind]


def lines_of(ticket: int) -> Iterator[str]:
    """Yield what was said in the conversation of a ticket."""
    for line in range(MESSAGES_EACH):
        yield text_of(ticket, line)
