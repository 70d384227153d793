"""The queue of events for a city's data platform, filled by the database itself."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Boolean, Column, Integer, String, Table, UniqueConstraint, event, false
from sqlalchemy.schema import DDL

from bot.store.tables.base import METADATA
from bot.store.tables.casework import CASE_EVENTS, FEEDBACK_EVENTS
from bot.store.tables.services import BOOKING_EVENTS, REVIEWS
from bot.store.tables.tickets import TICKET_EVENTS
from bot.store.types import UtcDateTime

OUTGOING_EVENTS = Table(
    "outgoing_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # which history, and the id of the entry there
    Column("source", String(12), nullable=False),
    Column("ref_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # sent before: its age says nothing of the broker
    Column("is_replay", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("source", "ref_id"),
    sqlite_autoincrement=True,  # order of the queue
)

QUEUED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        CASE_EVENTS.name: ("case", "at"),
        TICKET_EVENTS.name: ("ticket", "at"),
        FEEDBACK_EVENTS.name: ("feedback", "at"),
        BOOKING_EVENTS.name: ("booking", "at"),
        REVIEWS.name: ("review", "created_at"),
    }
)
"""Table of a history to the source of its events and its column of time."""


def queues(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements, by dialect, after which each new row of a history is queued.

    A later migration that rebuilds the table on SQLite (batch mode) has to make them again.
    """
    source, at = QUEUED[table]
    row = f"INSERT INTO outgoing_events (source, ref_id, at) VALUES ('{source}', NEW.id, NEW.{at})"  # noqa: S608 - our own names
    return MappingProxyType(
        {
            "sqlite": (
                f"""CREATE TRIGGER {table}_outgoing AFTER INSERT ON {table}
BEGIN {row}; END""",
            ),
            "postgresql": (
                f"""CREATE OR REPLACE FUNCTION {table}_outgoing() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
{row}; RETURN NULL; END $$""",
                f"""CREATE TRIGGER {table}_outgoing AFTER INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_outgoing()""",
            ),
        }
    )


def queues_dropped(table: str) -> Mapping[str, Sequence[str]]:
    """Return the statements that undo `queues`."""
    return MappingProxyType(
        {
            "sqlite": (f"DROP TRIGGER IF EXISTS {table}_outgoing",),
            "postgresql": (
                f"DROP TRIGGER IF EXISTS {table}_outgoing ON {table}",
                f"DROP FUNCTION IF EXISTS {table}_outgoing()",
            ),
        }
    )


for _history in (CASE_EVENTS, TICKET_EVENTS, FEEDBACK_EVENTS, BOOKING_EVENTS, REVIEWS):
    for _dialect, _statements in queues(_history.name).items():
        for _statement in _statements:
            event.listen(_history, "after_create", DDL(_statement).execute_if(dialect=_dialect))
