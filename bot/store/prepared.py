"""Has PostgreSQL plan the statements that every message runs once a connection, not each time.

Parsing and planning is most of what such a statement costs the server (26 November 2026: 0.5 of
0.7 ms for all that a new message asks of its conversation), and who waits for it holds a row.

A statement is marked by `often`. It is prepared on a connection when it is first run there. Behind
a pooler, which may give each transaction another connection to the server, nothing is prepared: it
is told by the number of the server's process, for which a pooler gives one of its own.
"""

import hashlib
import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Engine

MARK = "prepared"
_KEPT = "prepared"
_VALUE = re.compile(r"%\((\w+)\)s|%%")
_STALE = frozenset({"0A000", "26000"})
"""A table has changed what a prepared statement gives; it is gone from the server."""

Statement = TypeVar("Statement", bound=Any)


def often(statement: Statement) -> Statement:
    """Mark a statement that is built once and run for each message.

    Its values must get their types from columns or casts: the server is not told what they are.
    """
    marked: Statement = statement.execution_options(**{MARK: True})
    return marked


def prepare_often(engine: Engine) -> Engine:
    """Prepare what is marked on each connection of an engine that uses psycopg2.

    Returns:
        The engine.
    """
    sa.event.listen(engine, "do_execute", _execute)
    sa.event.listen(engine, "handle_error", _let_go)
    return engine


def _execute(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    """Run a marked statement by its name; True when it was run."""
    if context is None or not context.execution_options.get(MARK):
        return False
    run_prepared(cursor, statement, parameters, context.root_connection.info)
    return True


def run_prepared(
    cursor: Any, statement: str, parameters: Any, info: MutableMapping[Any, Any]
) -> None:
    """Run a statement by its name, or as it stands behind a pooler.

    Args:
        cursor: Of psycopg2.
        statement: With its values by name.
        parameters: The values.
        info: Notes on the connection.
    """
    kept = _kept(cursor, info)
    if kept is None:
        cursor.execute(statement, parameters)
        return
    prepare, execute = _by_name(statement)
    if statement not in kept:
        cursor.execute(prepare)
        kept.add(statement)
    cursor.execute(execute, parameters)


def text_of(cursor: Any, statement: str, parameters: Any, info: MutableMapping[Any, Any]) -> bytes:
    """Return what runs a statement with its values in it; it is prepared when it must be.

    Args:
        cursor: Of `bot.store.one_journey`, with no transaction open.
        statement: As in `run_prepared`.
        parameters: As there.
        info: As there.
    """
    kept = _kept(cursor, info)
    prepare, execute = _by_name(statement) if kept is not None else ("", statement)
    if kept is not None and statement not in kept:
        cursor.execute_whole([prepare.encode()])
        kept.add(statement)
    text: bytes = cursor.mogrify(execute, parameters)
    return text


def _kept(cursor: Any, info: MutableMapping[Any, Any]) -> set[str] | None:
    """Return what was prepared on this connection; None behind a pooler."""
    if _KEPT not in info:
        cursor.execute("SELECT pg_backend_pid()")
        is_direct = cursor.fetchone()[0] == cursor.connection.info.backend_pid
        info[_KEPT] = set() if is_direct else None
    kept: set[str] | None = info[_KEPT]
    return kept


@lru_cache(maxsize=256)
def _by_name(statement: str) -> tuple[str, str]:
    """Return how to prepare a statement, and how to run it then, with the same values."""
    names: dict[str, int] = {}

    def place(found: "re.Match[str]") -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}" if found[1] else "%"

    body = _VALUE.sub(place, statement)
    name = f"often_{hashlib.sha256(statement.encode()).hexdigest()[:24]}"
    values = ", ".join(f"%({value})s" for value in names)
    return f"PREPARE {name} AS {body}", f"EXECUTE {name}" + (f" ({values})" if values else "")


def preparing(statement: str) -> str:
    """Return the statement by which one is prepared."""
    return _by_name(statement)[0]


def running(statement: str) -> str:
    """Return the statement by which a prepared one is run, with the same values."""
    return _by_name(statement)[1]


def _let_go(context: Any) -> None:
    """Give a connection up on which what was prepared cannot be run any more."""
    # `bot.store.straight` runs marked ones only, and has no context
    options: Mapping[str, Any] = getattr(context.execution_context, "execution_options", {MARK: 1})
    if options.get(MARK) and getattr(context.original_exception, "pgcode", None) in _STALE:
        context.is_disconnect = True
