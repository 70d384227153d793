"""Copies of the approval platform's cases, and how far its changes have been heard."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from bot.store.sealed_types import Sealed
from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

PLATFORM_CASES = Table(
    "platform_cases",
    METADATA,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    # newest entry that we have, and newest that we know of
    Column("sequence", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),
    # lets us read the case again without the proof
    Column("grant_token", String(200), nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    # when it has to be fetched; NULL for not at all
    Column("next_check_at", UtcDateTime),
    Index(
        "ix_platform_cases_next_check_at",
        "next_check_at",
        sqlite_where=text("next_check_at IS NOT NULL"),
        postgresql_where=text("next_check_at IS NOT NULL"),
    ),
)

PLATFORM_FEED = Table(
    "platform_feed",
    METADATA,
    # one row
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("cursor", String(200)),
    # when the changes were read to their end last
    Column("heard_at", UtcDateTime),
    Column("next_poll_at", UtcDateTime, nullable=False),
)

PLATFORM_NONCES = Table(
    "platform_nonces",
    METADATA,
    # a signed message is taken once, by whichever hub
    Column("nonce", String(64), primary_key=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_platform_nonces_expires_at", "expires_at"),
)

PLATFORM_ASKS = Table(
    "platform_asks",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(40), nullable=False),
    Column("number", String(24), nullable=False),
    # gone with the row as soon as the platform has answered, or after some minutes
    Column("proof", Sealed("platform_asks.proof", 20), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("next_try_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "number"),
    Index("ix_platform_asks_next_try_at", "next_try_at"),
)
