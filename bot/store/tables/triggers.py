"""Triggers of the databases; tables made for tests and migrations use the same text."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Table, event
from sqlalchemy.schema import DDL


def append_only(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements, by dialect, after which rows of a table cannot be changed or deleted.

    A later migration that rebuilds the table on SQLite (batch mode) has to make them again.
    """
    refused = f"{table} is append-only"
    return MappingProxyType(
        {
            "sqlite": tuple(
                f"""CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, '{refused}'); END"""
                for what in ("UPDATE", "DELETE")
            ),
            "postgresql": (
                f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refused}'; END $$""",
                f"""CREATE TRIGGER {table}_append_only
BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
            ),
        }
    )


def append_only_dropped(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements that undo `append_only`."""
    return MappingProxyType(
        {
            "sqlite": (
                f"DROP TRIGGER IF EXISTS {table}_no_update",
                f"DROP TRIGGER IF EXISTS {table}_no_delete",
            ),
            "postgresql": (
                f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
                f"DROP FUNCTION IF EXISTS {table}_append_only()",
            ),
        }
    )


APPEND_ONLY = append_only("case_events")
"""The history of a case is evidence: no line of it is changed or taken away, by nobody."""

APPEND_ONLY_DROPPED = append_only_dropped("case_events")


GUARDED = {"case_events"}
"""Names of the append-only tables whose triggers `guard` makes, and of the first one."""


def guard(table: Table) -> None:
    """Make the triggers of `append_only` whenever the table is created."""
    GUARDED.add(table.name)
    for dialect, statements in append_only(table.name).items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
