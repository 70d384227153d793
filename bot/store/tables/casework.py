"""Counters, identity tries, cases, whistle tickets, complaints and suggestions."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime

ORIGIN_LENGTH = 200

COUNTERS = Table(
    "counters",
    METADATA,
    Column("kind", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", Integer, nullable=False),
)

IDENTITY_TRIES = Table(
    "identity_tries",
    METADATA,
    # "conversation:<id>", or "number:<SHA-256 of a number>" whether the number exists or not
    Column("subject", String(80), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", UtcDateTime),
    Column("locked_until", UtcDateTime),
)

CASES = Table(
    "cases",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("origin", String(ORIGIN_LENGTH), nullable=False, unique=True),
    Column("matter_id", String(60), nullable=False),
    Column("matter_name", String(200), nullable=False),
    Column("applicant_name", String(200), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("credential", String(20), nullable=False),
    Column("district_id", String(20), nullable=False),
    Column("department_id", String(60), nullable=False),
    Column("department_phone", String(40)),
    Column("state", String(20), nullable=False),
    # {"working_days", "source", "verified"} as they were on the day of opening
    Column("promised", JsonText),
    Column("statutory", JsonText),
    Column("missing", JsonText, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("is_demo", Boolean, nullable=False, default=False),
    Index("ix_cases_state", "state", "opened_at"),
)

CASE_STEPS = Table(
    "case_steps",
    METADATA,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", String(100), nullable=False),
    Column("state", String(20), nullable=False),
    Column("department_id", String(60), nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
)

CASE_EVENTS = Table(
    "case_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("origin", String(ORIGIN_LENGTH), unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("seen", String(20)),
    Column("to", String(20)),
    Column("reason", Text, nullable=False),
    Index("ix_case_events_case_id_id", "case_id", "id"),
    sqlite_autoincrement=True,  # followers remember the last id they were told of
)

CASE_ACCESS = Table(
    "case_access",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    # when this conversation proved last that the case is its own
    Column("granted_at", UtcDateTime, nullable=False),
    Column("followed_at", UtcDateTime),
    Column("told_event_id", Integer),
    UniqueConstraint("case_id", "conversation_id"),
    Index("ix_case_access_conversation_id", "conversation_id"),
)

CASE_URGES = Table(
    "case_urges",
    METADATA,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    # the working day it counts for: one note a case and working day
    Column("on_day", Date, primary_key=True),
    Column("department_id", String(60), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Index("ix_case_urges_department_id", "department_id", "read_at"),
)

TICKETS = Table(
    "tickets",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("origin", String(ORIGIN_LENGTH), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    Column("business_name", String(200), nullable=False),
    Column("contact_phone", String(20), nullable=False),
    Column("description", Text, nullable=False),
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
    Index("ix_tickets_conversation_id", "conversation_id"),
    Index("ix_tickets_state_answer_due_at", "state", "answer_due_at"),
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
    Column("reason", Text, nullable=False),
    Index("ix_ticket_events_ticket_id_id", "ticket_id", "id"),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("origin", String(ORIGIN_LENGTH), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("matter_id", String(60)),
    Column("department_id", String(60)),
    Column("place", String(200), nullable=False),
    Column("contact_phone", String(20)),
    Column("state", String(20), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("due_provisional", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Index("ix_feedback_conversation_id", "conversation_id"),
    Index("ix_feedback_state_due_on", "state", "due_on"),
)

FEEDBACK_EVENTS = Table(
    "feedback_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("feedback_id", ForeignKey("feedback.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("seen", String(20)),
    Column("to", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_feedback_events_feedback_id_id", "feedback_id", "id"),
)
