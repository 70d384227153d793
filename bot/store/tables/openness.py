"""Open statistics: what was counted of each month that is over."""

from sqlalchemy import Column, Date, Integer, String, Table

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

OPEN_MONTHS = Table(
    "open_months",
    METADATA,
    # first day of the month; a row says that it has been counted
    Column("month", Date, primary_key=True),
    Column("counted_at", UtcDateTime, nullable=False),
)

OPEN_COUNTS = Table(
    "open_counts",
    METADATA,
    Column("month", Date, primary_key=True),
    Column("what", String(20), primary_key=True),
    # "" for all together
    Column("dimension", String(12), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("n", Integer, nullable=False),
    # of them those that had a date, and those that kept it
    Column("due", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
)
