"""Checks of the catalogue's facts."""

from sqlalchemy import DDL, Column, Index, Integer, String, Table, Text, event

from bot.store.tables.base import METADATA
from bot.store.tables.triggers import append_only
from bot.store.types import UtcDateTime

FACT_CHECKS = Table(
    "fact_checks",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("entry_id", String(80), nullable=False),
    Column("fact", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("result", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(60), nullable=False),
    Index("ix_fact_checks_at", "at"),
    sqlite_autoincrement=True,
)
for dialect, statements in append_only("fact_checks").items():
    for statement in statements:
        event.listen(FACT_CHECKS, "after_create", DDL(statement).execute_if(dialect=dialect))
