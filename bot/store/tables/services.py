"""Halls and operator settings, bookings, reviews with their rectification, saved plans."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.sealed_types import KeyedHash, Sealed
from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime

HALLS = Table(
    "halls",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("district", String(20), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    # empty until the operator enters it; never guessed
    Column("address", String(200), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("source", String(200), nullable=False),
)

SERVICE_SETTINGS = Table(
    "service_settings",
    METADATA,
    Column("name", String(40), primary_key=True),  # slot_rules, office_hours
    Column("value", JsonText, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

SERVICE_SETTING_VERSIONS = Table(
    "service_setting_versions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(40), nullable=False, index=True),
    Column("value", JsonText, nullable=False),  # as it was before the change
    Column("agent_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

BOOKING_SLOTS = Table(
    "booking_slots",
    METADATA,
    Column("district", String(20), primary_key=True),
    Column("mode", String(10), primary_key=True),
    Column("starts_at", UtcDateTime, primary_key=True),
    Column("taken", Integer, nullable=False),
    CheckConstraint("taken >= 0", name="taken"),
)

BOOKINGS = Table(
    "bookings",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("origin", String(120), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("district", String(20), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("contact_name", Sealed("bookings.contact_name", 40), nullable=False),
    Column("contact_phone", Sealed("bookings.contact_phone", 20), nullable=False),
    # of the telephone number, by which bookings are found
    Column("phone_hash", KeyedHash("bookings.contact_phone"), nullable=False, server_default=""),
    Column("note", Sealed("bookings.note"), nullable=False),
    Column("matter_id", String(60)),
    Column("provisional", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("agent_id", Integer),
    Column("move_asked_at", UtcDateTime),
    Column("confirm_by", UtcDateTime),
    Index("ix_bookings_district_starts_at", "district", "starts_at"),
    Index("ix_bookings_agent_id_starts_at", "agent_id", "starts_at"),
    Index("ix_bookings_starts_at", "starts_at"),
    Index("ix_bookings_phone_hash_state", "phone_hash", "state"),
    Index(
        "ix_bookings_confirm_by",
        "confirm_by",
        sqlite_where=text("confirm_by IS NOT NULL"),
        postgresql_where=text("confirm_by IS NOT NULL"),
    ),
    # nobody can be in two places at once
    Index(
        "uq_bookings_open_phone_time",
        "phone_hash",
        "starts_at",
        unique=True,
        sqlite_where=text("state IN ('booked', 'changed')"),
        postgresql_where=text("state IN ('booked', 'changed')"),
    ),
)

BOOKING_EVENTS = Table(
    "booking_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("booking_id", ForeignKey("bookings.id"), nullable=False, index=True),
    Column("origin", String(120), unique=True),  # none when staff or the clock acts
    Column("state", String(10), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

BOOKING_LOOKUPS = Table(
    "booking_lookups",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # asked with wrong digits; also for numbers that do not exist
    Column("number", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_booking_lookups_number_at", "number", "at"),
)

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("origin", String(120), nullable=False, unique=True),
    # who rated: never shown to the side that was rated
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("target_kind", String(12), nullable=False),
    Column("target_id", String(120), nullable=False),
    Column("level", Integer, nullable=False),
    Column("comment", Sealed("reviews.comment"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("target_kind", "target_id"),
    CheckConstraint("level BETWEEN 1 AND 5", name="level"),
)

RECTIFICATIONS = Table(
    "rectifications",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("review_id", ForeignKey("reviews.id"), nullable=False, unique=True),
    Column("state", String(12), nullable=False),
    Column("follow_up_due_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    # a member of staff who sees to it, and the department that was rated
    Column("owner_id", Integer),
    Column("department_id", String(60)),
    Index("ix_rectifications_state_due_on", "state", "due_on"),
    Index("ix_rectifications_department_id_created_at", "department_id", "created_at"),
)

RECTIFICATION_EVENTS = Table(
    "rectification_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("rectification_id", ForeignKey("rectifications.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

PLANS = Table(
    "plans",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("origin", String(120), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("answers", JsonText, nullable=False),
    Column("snapshot", JsonText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

PLAN_LINKS = Table(
    "plan_links",
    METADATA,
    Column("token_hash", String(64), primary_key=True),  # SHA-256 of the secret in the link
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
)
