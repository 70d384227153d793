"""Makes `docs/data-schema.md`: `python -m tools.schema_page > docs/data-schema.md`.

Columns, types, keys and indexes are read from the tables themselves; what a column means from the
comment beside it, its purpose in `bot/store/personal.py`, or `tools/schema_words.yml`.
"""

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Column, Index, Table, UniqueConstraint

import bot.store.tables
from bot.settings import ROOT
from bot.store.migrate import steps
from bot.store.personal import PERSONAL, Kept
from bot.store.retention_rules import load_retention
from bot.store.tables import METADATA

PAGE = ROOT / "docs" / "data-schema.md"
WORDS = ROOT / "tools" / "schema_words.yml"
NO_COMMENT = re.compile(r"^(noqa|type:)")
HEAD = """# The data schema

Made by `python -m tools.schema_page > docs/data-schema.md` at migration {head}; a test fails when
it is behind the tables, or when nothing says what a column means. {tables} tables, {columns}
columns, the same on SQLite and PostgreSQL. Times are UTC. Sealed is
[encrypted](privacy.md#sealed-in-the-database). How a schema changes:
[upgrades](upgrades.md#the-rule).

Personal columns are kept as long as their class says ([how long](privacy.md#how-long)); all others
as long as the row they stand in.

| class | days after the last change, as shipped |
|---|---|"""
BY_THEMSELVES = "ends by itself, see [how long](privacy.md#how-long)"


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    tables = METADATA.sorted_tables
    count = sum(len(table.columns) for table in tables)
    yield HEAD.format(head=steps()[-1].revision, tables=len(tables), columns=count)
    rules = load_retention(ROOT / "data" / "services" / "retention.yml")
    days = {one.value: str(rule.days or "none: archive rules") for one, rule in rules.items()}
    yield from (f"| {one.value} | {days.get(one.value, BY_THEMSELVES)} |" for one in Kept)
    for title, names in areas():
        yield f"\n## {title}"
        for name in names:
            yield from _table(METADATA.tables[name])


def areas() -> Iterator[tuple[str, list[str]]]:
    """Yield what a module of tables is about, and its tables in their order."""
    for file in _modules():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = [str(ast.literal_eval(call.args[0])) for call in _calls(tree, "Table")]
        if names:
            yield (ast.get_docstring(tree) or "").splitlines()[0].rstrip("."), names


def meaning(table: str, column: "Column[Any]") -> str:
    """Return what a column means, "" when nothing says it."""
    key = f"{table}.{column.name}"
    personal = PERSONAL.get(key)
    said = comments().get(key) or words().get(key)
    if personal is not None:
        return f"{personal.kind.value}, {personal.purpose}" + (f" ({said})" if said else "")
    if column.foreign_keys and not said:
        (target,) = (one.target_fullname.partition(".")[0] for one in column.foreign_keys)
        return f"row of `{target}`"
    return said or words().get(str(column.name), "")


@cache
def words() -> Mapping[str, str]:
    """Return the words for columns that need no comment."""
    loaded = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {str(name): str(text) for name, text in loaded.items()}


@cache
def comments() -> Mapping[str, str]:
    """Return the comments beside and above columns, by "table.column"."""
    found = {}
    for file in _modules():
        source = file.read_text(encoding="utf-8")
        for table in _calls(ast.parse(source), "Table"):
            for column in _calls(table, "Column"):
                if isinstance(column.args[0], ast.Constant):
                    key = f"{ast.literal_eval(table.args[0])}.{ast.literal_eval(column.args[0])}"
                    found[key] = " ".join(_beside(source.splitlines(), column))
    return found


def _beside(source: list[str], call: ast.Call) -> Iterator[str]:
    above = call.lineno - 2
    while source[above].strip().startswith("#"):
        above -= 1
    yield from (line.strip(" #") for line in source[above + 1 : call.lineno - 1])
    rest = source[(call.end_lineno or 1) - 1][call.end_col_offset or 0 :]
    comment = rest.partition("#")[2].strip()
    if comment and not NO_COMMENT.match(comment):
        yield comment


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and node.args
    ]


def _modules() -> Iterator[Path]:
    for one in pkgutil.iter_modules(bot.store.tables.__path__, "bot.store.tables."):
        yield Path(str(importlib.import_module(one.name).__file__))


def _table(table: Table) -> Iterator[str]:
    yield f"\n### `{table.name}`\n\n| column | type | means | personal |\n|---|---|---|---|"
    for column in table.columns:
        personal = PERSONAL.get(f"{table.name}.{column.name}")
        kept = ""
        if personal is not None:
            kept = f"kept as {personal.kept.value}{', plain' if personal.plain else ', sealed'}"
        yield f"| `{column.name}` | {_type(column)} | {meaning(table.name, column)} | {kept} |"
    keys = sorted(_unique(table)) + sorted(_index(one) for one in table.indexes)
    if keys:
        yield "\n" + "; ".join(keys)


def _type(column: "Column[Any]") -> str:
    marks = ["primary key"] if column.primary_key else []
    marks += [f"→ `{one.target_fullname}`" for one in column.foreign_keys]
    marks += ["unique"] if column.unique else []
    marks += ["may be empty"] if column.nullable else []
    return ", ".join([type(column.type).__name__ + _length(column), *marks])


def _length(column: "Column[Any]") -> str:
    length = getattr(column.type, "length", None)
    return f"({length})" if length else ""


def _unique(table: Table) -> Iterator[str]:
    for one in table.constraints:
        if isinstance(one, UniqueConstraint) and len(one.columns) > 1:
            yield "unique " + ", ".join(f"`{c.name}`" for c in one.columns)


def _index(index: Index) -> str:
    on = ", ".join(f"`{getattr(one, 'name', one)}`" for one in index.expressions)
    where = index.dialect_options["sqlite"].get("where")
    kind = "unique index" if index.unique else "index"
    return f"{kind} on {on}" + (f" where `{where}`" if where is not None else "")


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
