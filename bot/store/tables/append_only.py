"""Triggers that make a table append-only, on both databases."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Table, event
from sqlalchemy.schema import DDL


def append_only(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements, by dialect, after which no row of a table is changed or deleted."""
    refused = f"{table} is append-only"
    function = f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refused}'; END $$"""
    trigger = f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"""
    guards = tuple(
        f"""CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, '{refused}'); END"""
        for what in ("UPDATE", "DELETE")
    )
    return MappingProxyType({"sqlite": guards, "postgresql": (function, trigger)})


def append_only_dropped(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements, by dialect, that take the triggers of a table away."""
    return MappingProxyType(
        {
            "sqlite": tuple(f"DROP TRIGGER IF EXISTS {table}_no_{w}" for w in ("update", "delete")),
            "postgresql": (
                f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
                f"DROP FUNCTION IF EXISTS {table}_append_only()",
            ),
        }
    )


def guard(table: Table) -> None:
    """Make the triggers whenever the table is created."""
    for dialect, statements in append_only(table.name).items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
