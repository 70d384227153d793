"""The mark of a database that holds made-up data only."""

from sqlalchemy import Column, Integer, Table

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

DEMO_MARKS = Table(
    "demo_marks",
    METADATA,
    Column("id", Integer, primary_key=True),  # always 1: a database is a demo or it is not
    Column("filled_at", UtcDateTime, nullable=False),
)
