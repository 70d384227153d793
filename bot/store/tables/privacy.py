"""What people hand in on our own pages, what they agreed to, and what they had deleted."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.sealed_types import Sealed, SealedBytes
from bot.store.tables.base import METADATA
from bot.store.tables.triggers import guard
from bot.store.types import JsonText, UtcDateTime

CHAT_FILES = Table(
    "chat_files",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    # the client's own id: a file sent twice is kept once
    Column("client_id", String(64), nullable=False),
    Column("name", Sealed("chat_files.name", 120), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("content", SealedBytes("chat_files.content"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "client_id"),
    sqlite_autoincrement=True,  # an address is never used again
)

CONSENTS = Table(
    "consents",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # no foreign key: that somebody agreed outlives the conversation, which may be deleted
    Column("conversation_id", String(40), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("version", String(20), nullable=False),
    Column("decision", String(10), nullable=False),  # agreed, refused
    Column("at", UtcDateTime, nullable=False),
    Index("ix_consents_conversation_id", "conversation_id", "id"),
)

ERASURES = Table(
    "erasures",
    METADATA,
    Column("number", String(24), primary_key=True),
    Column("channel", String(20), nullable=False),
    # kind to count, of what was deleted and of what had to be kept; nothing else
    Column("deleted", JsonText, nullable=False),
    Column("kept", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

guard(CONSENTS)
guard(ERASURES)
