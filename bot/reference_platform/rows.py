"""Rows of the reference platform's file as the contract writes them."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.cases import CaseState, CaseStep
from bot.domain.errors import BotError

Row = dict[str, Any]


class NoSuchCase(BotError):
    """No such case, or the proof does not fit."""


def append(connection: sqlite3.Connection, number: str, entry: Row, at: datetime) -> None:
    """Write an entry, and the change that is pushed and polled."""
    sequence = connection.execute(
        "SELECT COUNT(*) + 1 FROM entries WHERE number = ?", (number,)
    ).fetchone()[0]
    whole = {"id": f"{number}-{sequence}", "sequence": sequence, "at": at.isoformat(), **entry}
    connection.execute("INSERT INTO entries VALUES (?, ?, ?)", (number, sequence, to_json(whole)))
    case = told(connection, find_row(connection, number))
    event = {"number": number, "entry": whole, "stand": case["stand"]}
    connection.execute(
        "INSERT INTO changes (number, sequence, event, next_at) VALUES (?, ?, ?, 0)",
        (number, sequence, to_json(event)),
    )


def find_row(connection: sqlite3.Connection, number: str) -> sqlite3.Row:
    """Return the row of a case.

    Raises:
        NoSuchCase: See there.
    """
    row = connection.execute("SELECT * FROM cases WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NoSuchCase(number)
    assert isinstance(row, sqlite3.Row)
    return row


def told(connection: sqlite3.Connection, row: sqlite3.Row) -> Row:
    """Return a case as the contract writes it."""
    told: Row = json.loads(row["told"])
    told["stand"]["steps"] = [
        {name: value for name, value in step.items() if name != "state"}
        for step in json.loads(row["steps"])
    ]
    entries = connection.execute(
        "SELECT entry FROM entries WHERE number = ? ORDER BY sequence", (row["number"],)
    )
    return {**told, "entries": [json.loads(one["entry"]) for one in entries]}


def steps_out(steps: Sequence[CaseStep]) -> str:
    """Return steps as they are stored."""
    return to_json(
        [
            {
                "name": step.name,
                "department": step.department_id,
                "state": step.state.value,
                "started_at": step.started_at.isoformat() if step.started_at else None,
                "finished_at": step.finished_at.isoformat() if step.finished_at else None,
            }
            for step in steps
        ]
    )


def steps_in(text: str) -> tuple[CaseStep, ...]:
    """Return stored steps."""
    read: Callable[[str | None], datetime | None] = lambda at: (  # noqa: E731
        datetime.fromisoformat(at) if at else None
    )
    return tuple(
        replace(
            CaseStep(one["name"], CaseState(one["state"]), one["department"]),
            started_at=read(one["started_at"]),
            finished_at=read(one["finished_at"]),
        )
        for one in json.loads(text)
    )


def to_json(content: object) -> str:
    """Return JSON with readable Chinese."""
    return json.dumps(content, ensure_ascii=False)
