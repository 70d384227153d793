"""Held slots, waiting list, reminders, helpers with their absences, one-to-one assistance."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from bot.store.sealed_types import Sealed
from bot.store.tables.base import METADATA
from bot.store.tables.services import BOOKING_EVENTS
from bot.store.tables.triggers import guard
from bot.store.types import JsonText, UtcDateTime

BOOKING_HOLDS = Table(
    "booking_holds",
    METADATA,
    # one slot that somebody decides about, and one that the waiting list offers
    Column("conversation_id", String(40), primary_key=True),
    Column("purpose", String(10), primary_key=True),
    Column("district", String(20), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("agent_id", Integer),
    Index("ix_booking_holds_slot", "district", "mode", "starts_at"),
    Index("ix_booking_holds_agent_id", "agent_id", "starts_at"),
)

BOOKING_WAITS = Table(
    "booking_waits",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("origin", String(120), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("district", String(20), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("contact_name", Sealed("booking_waits.contact_name", 40), nullable=False),
    Column("contact_phone", Sealed("booking_waits.contact_phone", 20), nullable=False),
    Column("matter_id", String(60)),
    Column("offered_at", UtcDateTime),
    Column("offer_until", UtcDateTime),
    Column("joined_at", UtcDateTime, nullable=False),
    # the sweep walks those who wait by id; offers that run out by time
    Index("ix_booking_waits_state_id", "state", "id"),
    Index("ix_booking_waits_state_offer_until", "state", "offer_until"),
    sqlite_autoincrement=True,  # the order of joining survives a deletion
)

BOOKING_WAIT_EVENTS = Table(
    "booking_wait_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("wait_id", ForeignKey("booking_waits.id"), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("starts_at", UtcDateTime),
    Column("at", UtcDateTime, nullable=False),
)

BOOKING_REMINDERS = Table(
    "booking_reminders",
    METADATA,
    Column("booking_id", ForeignKey("bookings.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),  # minutes before the start
    Column("due_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Index(
        "ix_booking_reminders_due_at",
        "due_at",
        sqlite_where=text("told_at IS NULL"),
        postgresql_where=text("told_at IS NULL"),
    ),
)

BOOKING_LINKS = Table(
    "booking_links",
    METADATA,
    Column("token_hash", String(64), primary_key=True),  # SHA-256 of the secret in the link
    Column("booking_id", ForeignKey("bookings.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
)

HELPERS = Table(
    "helpers",
    METADATA,
    Column("agent_id", ForeignKey("agents.id"), primary_key=True),
    Column("home", String(20), nullable=False),
    Column("districts", JsonText, nullable=False),
    Column("modes", JsonText, nullable=False),
    Column("matters", JsonText, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("phone", Sealed("helpers.phone", 40), nullable=False),
    Column("is_active", Boolean(create_constraint=False), nullable=False),
)

HELPER_ABSENCES = Table(
    "helper_absences",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("entered_by", Integer, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index("ix_helper_absences_agent_id_last_at", "agent_id", "last_at"),
)

ASSISTANCES = Table(
    "assistances",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(40), nullable=False),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("subject", String(24), nullable=False),
    Column("plan_id", ForeignKey("plans.id")),
    Column("state", String(10), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("agreed_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("ended_by", String(40), nullable=False),
    Index("ix_assistances_agent_id_state", "agent_id", "state"),
    # one helper at a time
    Index(
        "uq_assistances_open_conversation",
        "conversation_id",
        unique=True,
        sqlite_where=text("state IN ('proposed', 'active')"),
        postgresql_where=text("state IN ('proposed', 'active')"),
    ),
)

ASSISTANCE_EVENTS = Table(
    "assistance_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("assistance_id", ForeignKey("assistances.id"), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

for history in (BOOKING_EVENTS, BOOKING_WAIT_EVENTS, ASSISTANCE_EVENTS):
    guard(history)
