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

NOTES_APPEND_ONLY: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "sqlite": (
            """CREATE TRIGGER desk_notes_no_update BEFORE UPDATE ON desk_notes
BEGIN SELECT RAISE(ABORT, 'desk_notes is append-only'); END""",
            """CREATE TRIGGER desk_notes_no_delete BEFORE DELETE ON desk_notes
BEGIN SELECT RAISE(ABORT, 'desk_notes is append-only'); END""",
        ),
        "postgresql": (
            """CREATE OR REPLACE FUNCTION desk_notes_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'desk_notes is append-only'; END $$""",
            """CREATE TRIGGER desk_notes_append_only
BEFORE UPDATE OR DELETE ON desk_notes
FOR EACH ROW EXECUTE FUNCTION desk_notes_append_only()""",
        ),
    }
)
"""What colleagues wrote to each other about a conversation stays as it was written."""

NOTES_APPEND_ONLY_DROPPED: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "sqlite": (
            "DROP TRIGGER IF EXISTS desk_notes_no_update",
            "DROP TRIGGER IF EXISTS desk_notes_no_delete",
        ),
        "postgresql": (
            "DROP TRIGGER IF EXISTS desk_notes_append_only ON desk_notes",
            "DROP FUNCTION IF EXISTS desk_notes_append_only()",
        ),
    }
)
