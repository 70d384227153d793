"""Triggers of the databases; tables made for tests and migrations use the same text."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

NO_UPDATE = """CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END"""
NO_DELETE = """CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END"""

REFUSE = """CREATE OR REPLACE FUNCTION case_events_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'case_events is append-only'; END $$"""
REFUSE_CHANGES = """CREATE TRIGGER case_events_append_only
BEFORE UPDATE OR DELETE ON case_events
FOR EACH ROW EXECUTE FUNCTION case_events_append_only()"""

APPEND_ONLY: Mapping[str, Sequence[str]] = MappingProxyType(
    {"sqlite": (NO_UPDATE, NO_DELETE), "postgresql": (REFUSE, REFUSE_CHANGES)}
)
"""The history of a case is evidence: no line of it is changed or taken away, by nobody.

A later migration that rebuilds `case_events` on SQLite (batch mode) has to make them again.
"""

APPEND_ONLY_DROPPED: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "sqlite": (
            "DROP TRIGGER IF EXISTS case_events_no_update",
            "DROP TRIGGER IF EXISTS case_events_no_delete",
        ),
        "postgresql": (
            "DROP TRIGGER IF EXISTS case_events_append_only ON case_events",
            "DROP FUNCTION IF EXISTS case_events_append_only()",
        ),
    }
)


def append_only(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements, by dialect, that forbid to change or delete rows of a table."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return {
        "sqlite": (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}\n{refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}\n{refuse}",
        ),
        "postgresql": (
            f"""CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$""",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
        ),
    }


def append_only_dropped(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements, by dialect, that take `append_only` away again."""
    return {
        "sqlite": (
            f"DROP TRIGGER IF EXISTS {table}_no_update",
            f"DROP TRIGGER IF EXISTS {table}_no_delete",
        ),
        "postgresql": (
            f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_append_only()",
        ),
    }
