"""Tells what each migration does to code of the release before: it may add, or it must say so.

    python -m tools.migration_rules

Applies the migrations one after the other to an empty SQLite file, and compares the schema before
and after each. What older code cannot live with belongs into a migration with `phase = "contract"`
and `safe_from`, the oldest release that lives with it. Statements that only PostgreSQL gets, or
only a table with rows, are found by their names in the source.
"""

import ast
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alembic.script import Script
from sqlalchemy import event
from sqlalchemy.engine import Connection

from bot.domain.schema_steps import Phase, release_number
from bot.store import migrate
from bot.store.engine import opened

HARMFUL_CALLS = frozenset(
    {
        "alter_column",
        "create_check_constraint",
        "create_foreign_key",
        "create_primary_key",
        "drop_column",
        "drop_table",
        "rename_table",
    }
)
"""Alembic's operations that change what is there."""

WAY_BACK = "downgrade"
UPDATED = re.compile(
    r"\s*UPDATE\s+\"?(\w+)\"?\s+SET\s+(.*?)(?:\sWHERE\s|$)", re.IGNORECASE | re.DOTALL
)
ASSIGNED = re.compile(r"(?:^|,)\s*\"?(\w+)\"?\s*=")
DELETED = re.compile(r"\s*DELETE\s+FROM\s+\"?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """A schema as SQLite has it.

    Attributes:
        columns: By table and name: (type, is NOT NULL, has a default).
        promises: CHECKs, by table: what a row must keep to.
        uniques: By table and name of each unique index: its columns.
        triggers: Name and table of each.
    """

    columns: Mapping[tuple[str, str], tuple[str, bool, bool]]
    promises: frozenset[tuple[str, str]]
    uniques: Mapping[tuple[str, str], tuple[str, ...]]
    triggers: Mapping[str, str]

    @property
    def tables(self) -> frozenset[str]:
        """Return the names of all tables."""
        return frozenset(table for table, _ in self.columns)


@dataclass(frozen=True)
class Judged:
    """One migration: what it says of itself, and what older code cannot live with."""

    script: Script
    harms: Sequence[str] = field(default=())

    @property
    def problems(self) -> Iterator[str]:
        """Yield what is wrong with what it says of itself."""
        module, name = self.script.module, self.script.revision
        phase = getattr(module, "phase", None)
        if phase not in {one.value for one in Phase}:
            yield f"{name}: phase must be one of {', '.join(one.value for one in Phase)}"
        safe_from = getattr(module, "safe_from", None)
        if phase == Phase.EXPAND.value:
            allowed = getattr(module, "harmless", {})
            yield from (
                f"{name}: {one}; expand must not" for one in self.harms if one not in allowed
            )
            yield from (
                f"{name}: harmless, but it does not: {one}"
                for one in allowed
                if one not in self.harms
            )
            if safe_from is not None:
                yield f"{name}: an expand migration is safe for every release: no safe_from"
        if phase == Phase.CONTRACT.value and not _is_release(safe_from):
            yield f"{name}: a contract migration says from which release it is safe: safe_from"


def judge(folder: Path = migrate.MIGRATIONS) -> Sequence[Judged]:
    """Apply each migration of a folder to an empty file, and return what it does."""
    scripts = {one.revision: one for one in migrate.steps(folder)}
    found: list[Judged] = []
    said: list[str] = []
    before = Shape({}, frozenset(), {}, {})

    def listen(_c: object, _k: object, statement: str, *_: object) -> None:
        said.append(statement)

    def watch(revision: str, connection: Connection) -> None:
        nonlocal before
        after, script = _shape_of(connection), scripts[revision]
        harms = [*_differences(before, after), *_rewritten(before, said), *_called(script)]
        found.append(Judged(script, tuple(dict.fromkeys(harms))))
        before = after
        said.clear()

    with (
        tempfile.TemporaryDirectory() as place,
        opened(f"sqlite:///{place}/judged.db") as engine,
    ):
        event.listen(engine, "before_cursor_execute", listen)
        migrate.upgrade(engine, folder=folder, watch=watch)
    return found


def _shape_of(connection: Connection) -> Shape:
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name != 'alembic_version'"
    ).all()
    columns: dict[tuple[str, str], tuple[str, bool, bool]] = {}
    promises: set[tuple[str, str]] = set()
    uniques: dict[tuple[str, str], tuple[str, ...]] = {}
    for kind, name, table, sql in rows:
        if kind == "table":
            promises |= {(table, one) for one in re.findall(r"CHECK \(.*\)", sql or "")}
            columns |= dict(_columns(connection, name))
        elif kind == "index" and _is_unique(connection, table, name):
            uniques[table, name] = tuple(
                row.name for row in connection.exec_driver_sql(f'PRAGMA index_info("{name}")')
            )
    triggers = {name: table for kind, name, table, _ in rows if kind == "trigger"}
    return Shape(columns, frozenset(promises), uniques, triggers)


def _columns(connection: Connection, table: str) -> Iterator[tuple[tuple[str, str], Any]]:
    for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")'):
        yield (table, row.name), (row.type, bool(row.notnull), row.dflt_value is not None)


def _is_unique(connection: Connection, table: str, name: str) -> bool:
    listed = connection.exec_driver_sql(f'PRAGMA index_list("{table}")')
    return any(row.name == name and row.unique for row in listed)


def _differences(before: Shape, after: Shape) -> Iterator[str]:
    """Yield what was taken away, and what rows of older code will not keep to."""
    for table, name in before.columns:
        if (table, name) not in after.columns:
            yield f"{table}.{name} is gone or has another name"
        elif before.columns[table, name][:2] != after.columns[table, name][:2]:
            yield f"{table}.{name} has another type, or takes no NULL any more"
    for (table, name), (_, is_needed, has_default) in after.columns.items():
        is_new = table in before.tables and (table, name) not in before.columns
        if is_new and is_needed and not has_default:
            yield f"{table}.{name} is NOT NULL without a default"
    yield from _new_promises(before, after)
    for trigger, table in after.triggers.items():
        if trigger not in before.triggers and table in before.tables:
            yield f"{table} has a trigger, {trigger}"


def _new_promises(before: Shape, after: Shape) -> Iterator[str]:
    """Yield what rows of a table that is known to older code have to keep to from now on."""
    for table, promise in sorted(after.promises - before.promises):
        if table in before.tables:
            yield f"{table} has to keep to {promise}"
    for (table, name), columns in after.uniques.items():
        # older code leaves a new column empty, and empty ones never clash
        is_known = all((table, column) in before.columns for column in columns)
        if (table, name) not in before.uniques and table in before.tables and is_known:
            yield f"{table} has to keep to unique {name}"


def _rewritten(before: Shape, said: Sequence[str]) -> Iterator[str]:
    """Yield the columns that older code reads and whose values were changed."""
    for statement in said:
        updated, deleted = UPDATED.match(statement), DELETED.match(statement)
        if deleted and deleted[1] in before.tables:
            yield f"rows of {deleted[1]} are deleted"
        for name in ASSIGNED.findall(updated[2]) if updated else ():
            if updated and (updated[1], name) in before.columns:
                yield f"{updated[1]}.{name} is rewritten"


def _called(script: Script) -> Iterator[str]:
    """Yield the operations that the way up may call."""
    tree = ast.parse(Path(script.path).read_text(encoding="utf-8"))
    bodies = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    waiting, seen = ["upgrade"], {WAY_BACK}
    while waiting:
        name = waiting.pop()
        if name in seen or name not in bodies:
            continue
        seen.add(name)
        for call in (one for one in ast.walk(bodies[name]) if isinstance(one, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in HARMFUL_CALLS:
                yield f"it calls {call.func.attr}"
            if isinstance(call.func, ast.Name):
                waiting.append(call.func.id)


def _is_release(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(release_number(text))
    except ValueError:
        return False


def main() -> int:
    """Print what each migration does; the exit code tells whether one says too little."""
    judged = judge()
    for one in judged:
        print(one.script.revision, one.script.module.phase, "; ".join(one.harms))
    problems = [problem for one in judged for problem in one.problems]
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
