"""Codes to review a service from elsewhere, and who was invited to review what."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

REVIEW_CODES = Table(
    "review_codes",
    METADATA,
    # SHA-256 of the code; the code itself is on paper only
    Column("code_hash", String(64), primary_key=True),
    Column("target_kind", String(12), nullable=False),
    Column("target_id", String(120), nullable=False),
    Column("made_by", ForeignKey("agents.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    # wrong last digits of the telephone number
    Column("failures", Integer, nullable=False),
    Column("used_at", UtcDateTime),
    Index("ix_review_codes_made_by_made_at", "made_by", "made_at"),
)

REVIEW_INVITATIONS = Table(
    "review_invitations",
    METADATA,
    # one invitation a service
    Column("target_kind", String(12), primary_key=True),
    Column("target_id", String(120), primary_key=True),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)
