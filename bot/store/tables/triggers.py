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
