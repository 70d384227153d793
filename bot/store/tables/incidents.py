"""What went wrong in actions."""

from sqlalchemy import Column, Index, Integer, String, Table

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

INCIDENTS = Table(
    "incidents",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("action", String(80), nullable=False),
    Column("conversation_id", String(80), nullable=False),
    Column("message_id", String(80), nullable=False),
    Column("error", String(80), nullable=False),
    Column("place", String(160), nullable=False),
    Index("ix_incidents_happened_at", "happened_at"),
)
