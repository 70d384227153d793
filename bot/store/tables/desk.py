"""The work at the desk: threads, profiles, notes, canned replies, filters, files, search index."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.store.sealed_types import KeyedHash, Sealed, SealedBytes
from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime

DESK_THREADS = Table(
    "desk_threads",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    # whose queue it is in; NULL is the help desk itself
    Column("department_id", String(60)),
    Column("snoozed_until", UtcDateTime),
    # the newest message when it was put aside: a later one brings it back at once
    Column("snoozed_after_id", Integer),
    Column("offered_to", ForeignKey("agents.id")),
    Column("offered_until", UtcDateTime),
    # place and minutes that the applicant was last told; NULL outside the queue
    Column("told_at", UtcDateTime),
    Column("told_minutes", Integer),
    Column("supervisor_asked_at", UtcDateTime),
    Column("agent_read_id", Integer),
    Column("applicant_read_id", Integer),
    Column("agent_typing_at", UtcDateTime),
    Column("applicant_typing_at", UtcDateTime),
    # talked by staff to try something out: left out of every report
    Column("is_test", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Index("ix_desk_threads_snoozed_until", "snoozed_until"),
    Index("ix_desk_threads_offered_until", "offered_until"),
)

DESK_PROFILES = Table(
    "desk_profiles",
    METADATA,
    Column("agent_id", ForeignKey("agents.id"), primary_key=True),
    Column("state", String(10), nullable=False),
    # True when the desk went away by itself; typing brings it back
    Column("is_automatic", Boolean(create_constraint=False), nullable=False),
    Column("active_at", UtcDateTime),
    Column("capacity", Integer, nullable=False),
    Column("skills", JsonText, nullable=False),
    Column("offered_at", UtcDateTime),
)

DESK_DEPARTMENTS = Table(
    "desk_departments",
    METADATA,
    # "" is the help desk itself
    Column("department_id", String(60), primary_key=True),
    Column("assignment", String(12), nullable=False),
    Column("answer_within_s", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", ForeignKey("agents.id"), nullable=False),
)

DESK_NOTES = Table(
    "desk_notes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("text", Sealed("desk_notes.text"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_desk_notes_conversation_id", "conversation_id"),
    sqlite_autoincrement=True,
)

DESK_MENTIONS = Table(
    "desk_mentions",
    METADATA,
    Column("note_id", ForeignKey("desk_notes.id"), primary_key=True),
    Column("agent_id", ForeignKey("agents.id"), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("seen_at", UtcDateTime),
    Index("ix_desk_mentions_agent_id", "agent_id", "seen_at"),
)

CANNED_REPLIES = Table(
    "canned_replies",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # "" is for everybody
    Column("department_id", String(60), nullable=False),
    Column("shortcut", String(20), nullable=False),
    Column("title", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", ForeignKey("agents.id"), nullable=False),
    UniqueConstraint("department_id", "shortcut"),
)

DESK_FILTERS = Table(
    "desk_filters",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("name", String(20), nullable=False),
    Column("query", JsonText, nullable=False),
    UniqueConstraint("agent_id", "name"),
)

DESK_FILES = Table(
    "desk_files",
    METADATA,
    # SHA-256 of the secret in the address
    Column("token_hash", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("name", Sealed("desk_files.name", 120), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("content", SealedBytes("desk_files.content"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

DESK_TEXTS = Table(
    "desk_texts",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    # "message" with its id, "fields" with 0
    Column("kind", String(8), nullable=False),
    Column("ref_id", Integer, nullable=False),
    # simplified, half width, lower case, without punctuation
    Column("text", Sealed("desk_texts.text"), nullable=False),
    UniqueConstraint("kind", "ref_id", "conversation_id"),
    sqlite_autoincrement=True,
)

DESK_PAIRS = Table(
    "desk_pairs",
    METADATA,
    # two neighbouring characters, as a keyed hash
    Column("pair", KeyedHash("desk_pairs.pair", 11), primary_key=True),
    Column("text_id", ForeignKey("desk_texts.id"), primary_key=True),
    Index("ix_desk_pairs_text_id", "text_id"),
)
