"""Which migrations a database has seen, and whether older code lives with them."""

from sqlalchemy import Column, String, Table

from bot.store.tables.base import METADATA

SCHEMA_STEPS = Table(
    "schema_steps",
    METADATA,
    Column("revision", String(32), primary_key=True),
    Column("phase", String(10), nullable=False),
    # the oldest release that lives with the schema afterwards; none for "expand": all do
    Column("safe_from", String(20)),
)
