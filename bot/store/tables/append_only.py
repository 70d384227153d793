"""Histories that the databases themselves keep from being changed."""

from collections.abc import Iterator, Sequence

BOOKING_HISTORIES = ("booking_events", "booking_wait_events", "assistance_events")
"""Tables to which lines are added and nothing else.

A later migration that rebuilds one of them on SQLite (batch mode) has to make its triggers again.
"""


def refusals(dialect: str, tables: Sequence[str]) -> Iterator[str]:
    """Yield the statements after which rows of the tables cannot be changed or taken away."""
    for table in tables:
        if dialect == "sqlite":
            for verb in ("update", "delete"):
                yield (
                    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            yield (
                f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger "
                f"LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
            )
            yield (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
            )


def refusals_dropped(dialect: str, tables: Sequence[str]) -> Iterator[str]:
    """Yield the statements that take them back."""
    for table in tables:
        if dialect == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {table}_no_update"
            yield f"DROP TRIGGER IF EXISTS {table}_no_delete"
        else:
            yield f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"
            yield f"DROP FUNCTION IF EXISTS {table}_append_only()"
