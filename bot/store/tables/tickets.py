"""Whistle tickets: departments, clocks, history, files, followers, and the operator's rules."""

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
    text,
)

from bot.store.sealed_types import Sealed, SealedBytes
from bot.store.tables.base import METADATA
from bot.store.tables.triggers import guard
from bot.store.types import JsonText, UtcDateTime

ORIGIN_LENGTH = 200
OPEN = "closed_at IS NULL"


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


TICKETS = Table(
    "tickets",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("origin", String(ORIGIN_LENGTH), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    Column("business_name", String(200), nullable=False),
    Column("contact_phone", Sealed("tickets.contact_phone", 20), nullable=False),
    Column("description", Sealed("tickets.description"), nullable=False),
    Column("district_id", String(20), nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("matter_id", String(60)),
    Column("case_number", String(24)),
    Column("state", String(20), nullable=False),
    Column("report_in_due_at", UtcDateTime, nullable=False),
    Column("report_in_provisional", Boolean, nullable=False),
    Column("answer_due_at", UtcDateTime, nullable=False),
    Column("answer_provisional", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("is_demo", Boolean, nullable=False, default=False),
    Column("closed_at", UtcDateTime),
    # of the clocks that run, the earliest; written whenever the clocks are counted
    Column("due_at", UtcDateTime),
    Column("due_kind", String(16)),
    Column("due_provisional", Boolean),
    Column("yellow_at", UtcDateTime),
    Column("escalation", Integer, nullable=False, default=0, server_default="0"),
    Column("round", Integer, nullable=False, default=0, server_default="0"),
    # name of the business without blanks and signs; finds its other whistles
    Column("business_key", String(200), nullable=False, default="", server_default=""),
    # fingerprint of the rules and the calendar that the clocks were counted with
    Column("clock_key", String(16)),
    Index("ix_tickets_conversation_id", "conversation_id"),
    Index("ix_tickets_state_answer_due_at", "state", "answer_due_at"),
    _partial("ix_tickets_open_due_at", "due_at", "id", where=OPEN),
    _partial("ix_tickets_open_business_key", "business_key", where=OPEN),
    _partial("ix_tickets_open_state", "state", where=OPEN),
    _partial("ix_tickets_open_clock_key", "clock_key", "id", where=OPEN),
    _partial("ix_tickets_closed_at", "closed_at", "id", where="closed_at IS NOT NULL"),
)

TICKET_DEPARTMENTS = Table(
    "ticket_departments",
    METADATA,
    Column("ticket_id", ForeignKey("tickets.id"), primary_key=True),
    Column("department_id", String(60), primary_key=True),
    Column("role", String(10), nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("reported_in_at", UtcDateTime),
    Column("position", Integer, nullable=False),
    Column("state", String(12), nullable=False, default="given", server_default="given"),
    Index("ix_ticket_departments_department_id", "department_id"),
)

TICKET_EVENTS = Table(
    "ticket_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_id", ForeignKey("tickets.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("seen", String(20)),
    Column("to", String(20)),
    Column("reason", Sealed("ticket_events.reason"), nullable=False),
    Column("department_id", String(60)),
    Column("days", Integer),
    Column("clock", String(16)),
    # of what a business says: the same message again writes nothing
    Column("origin", String(ORIGIN_LENGTH)),
    Index("ix_ticket_events_ticket_id_id", "ticket_id", "id"),
    Index("ix_ticket_events_origin", "origin", unique=True),
)
guard(TICKET_EVENTS)

TICKET_CLOCKS = Table(
    "ticket_clocks",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_id", ForeignKey("tickets.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("department_id", String(60), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime),
    Column("due_provisional", Boolean, nullable=False),
    Column("warn_at", UtcDateTime),
    Column("raise_at", UtcDateTime),
    Column("met_at", UtcDateTime),
    Column("level", Integer, nullable=False),
    # when the next level is due; NULL once nothing more can happen by itself
    Column("next_at", UtcDateTime),
    UniqueConstraint("ticket_id", "kind", "department_id"),
    # running clocks only, so that the sweep does not grow with closed tickets
    _partial("ix_ticket_clocks_next_at", "next_at", "id", where="next_at IS NOT NULL"),
)

TICKET_FOLLOWERS = Table(
    "ticket_followers",
    METADATA,
    Column("ticket_id", ForeignKey("tickets.id"), primary_key=True),
    Column("conversation_id", String(40), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Index("ix_ticket_followers_conversation_id", "conversation_id"),
)

TICKET_NOTICES = Table(
    "ticket_notices",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_id", ForeignKey("tickets.id"), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("event_id", ForeignKey("ticket_events.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    UniqueConstraint("conversation_id", "event_id"),
    _partial("ix_ticket_notices_waiting", "conversation_id", "id", where="told_at IS NULL"),
)

FILE_CONTENTS = Table(
    "file_contents",
    METADATA,
    # in the database and not on a disk: every hub reads it, and a backup holds it
    Column("digest", String(64), primary_key=True),
    Column("content", SealedBytes("file_contents.content"), nullable=False),
)

TICKET_FILES = Table(
    "ticket_files",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ticket_id", ForeignKey("tickets.id"), nullable=False),
    Column("name", Sealed("ticket_files.name", 120), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    # SHA-256 of the content; the same file twice is one
    Column("digest", ForeignKey("file_contents.digest"), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    UniqueConstraint("ticket_id", "digest"),
)

TICKET_LINKS = Table(
    "ticket_links",
    METADATA,
    # SHA-256 of the secret; the secret itself is kept nowhere
    Column("token_hash", String(64), primary_key=True),
    Column("ticket_id", ForeignKey("tickets.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_ticket_links_ticket_id", "ticket_id"),
)

WHISTLE_SETTINGS = Table(
    "whistle_settings",
    METADATA,
    # each saving is a row of its own: the latest counts, the others are the audit
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("content", JsonText, nullable=False),
)
guard(WHISTLE_SETTINGS)
