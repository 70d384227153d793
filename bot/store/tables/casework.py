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
    event,
    text,
)
from sqlalchemy.schema import DDL

from bot.store.sealed_types import KeyedHash, Sealed
from bot.store.tables.base import METADATA
from bot.store.tables.triggers import APPEND_ONLY
from bot.store.types import JsonText, UtcDateTime

ORIGIN_LENGTH = 200


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


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
    Column("phone", Sealed("cases.phone", 20), nullable=False),
    # of the telephone number, by which cases are found
    Column("phone_hash", KeyedHash("cases.phone"), nullable=False, server_default=""),
    Column("credential", Sealed("cases.credential", 20), nullable=False),
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
    # who keeps it: "register", or "platform" for a copy of the approval platform's case
    Column("source", String(10), nullable=False, default="register", server_default="register"),
    # the platform's words for a state that ours does not have
    Column("state_words", String(60)),
    # the department that has it now, written with the steps
    Column("holder_id", String(60)),
    Column("closed_at", UtcDateTime),
    # due dates, stored when they change: see `bot.domain.case_rules.Stamp`
    Column("due_on", Date),
    Column("statutory_due_on", Date),
    Column("due_provisional", Boolean),
    Column("yellow_on", Date),
    Column("red_on", Date),
    Column("escalate_on", Date),
    Column("escalation", Integer, nullable=False, default=0, server_default="0"),
    # NULL from a move until the dates are counted again
    Column("clock_key", String(16)),
    Index("ix_cases_state", "state", "opened_at"),
    Index("ix_cases_phone_hash", "phone_hash"),
    # most of the following hold open cases only, so that they do not grow with the closed ones
    _partial("ix_cases_open_due_on", "due_on", "id", where="closed_at IS NULL"),
    _partial("ix_cases_open_department_id", "department_id", "due_on", where="closed_at IS NULL"),
    _partial("ix_cases_open_holder_id", "holder_id", "due_on", where="closed_at IS NULL"),
    _partial("ix_cases_open_state", "state", where="closed_at IS NULL"),
    _partial("ix_cases_closed_at", "closed_at", "id", where="closed_at IS NOT NULL"),
    _partial("ix_cases_escalate_on", "escalate_on", "id", where="escalate_on IS NOT NULL"),
    _partial("ix_cases_unstamped", "id", where="clock_key IS NULL"),
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
    Column("reason", Sealed("case_events.reason"), nullable=False),
    Index("ix_case_events_case_id_id", "case_id", "id"),
    sqlite_autoincrement=True,  # news refer to entries by their id
)
for dialect, statements in APPEND_ONLY.items():
    for statement in statements:
        event.listen(CASE_EVENTS, "after_create", DDL(statement).execute_if(dialect=dialect))

CASE_ACCESS = Table(
    "case_access",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    # when this conversation proved last that the case is its own
    Column("granted_at", UtcDateTime, nullable=False),
    Column("followed_at", UtcDateTime),
    UniqueConstraint("case_id", "conversation_id"),
    Index("ix_case_access_conversation_id", "conversation_id"),
)

CASE_NOTICES = Table(
    "case_notices",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("event_id", ForeignKey("case_events.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # told with others at this moment
    Column("digest_at", UtcDateTime),
    Column("told_at", UtcDateTime),
    UniqueConstraint("conversation_id", "event_id"),
    Index("ix_case_notices_conversation_id_told_at", "conversation_id", "told_at"),
    _partial("ix_case_notices_waiting", "conversation_id", "id", where="told_at IS NULL"),
)

CASE_URGES = Table(
    "case_urges",
    METADATA,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    # the working day it counts for: one note a case and working day
    Column("on_day", Date, primary_key=True),
    Column("department_id", String(60), nullable=False),
    # where the answer goes
    Column("conversation_id", String(40)),
    Column("reply_due_on", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("replied_at", UtcDateTime),
    Column("replied_by", String(60)),
    Column("reply", Text),
    # level to which an urge without an answer has gone, and the day to look at it again
    Column("escalation", Integer, nullable=False, default=0, server_default="0"),
    Column("escalate_on", Date),
    _partial("ix_case_urges_escalate_on", "escalate_on", where="escalate_on IS NOT NULL"),
    _partial("ix_case_urges_waiting", "department_id", "reply_due_on", where="replied_at IS NULL"),
)

CASE_IMPORTS = Table(
    "case_imports",
    METADATA,
    # SHA-256 of the file: the same file again goes on where it stopped
    Column("digest", String(64), primary_key=True),
    Column("rows_done", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("origin", String(ORIGIN_LENGTH), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Sealed("feedback.text"), nullable=False),
    Column("matter_id", String(60)),
    Column("department_id", String(60)),
    Column("place", String(200), nullable=False),
    Column("contact_phone", Sealed("feedback.contact_phone", 20)),
    Column("state", String(20), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("due_provisional", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    # who answers for it; NULL as long as nobody was named
    Column("owner_id", Integer),
    Index("ix_feedback_conversation_id", "conversation_id"),
    Index("ix_feedback_owner_id_state", "owner_id", "state"),
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
    Column("reason", Sealed("feedback_events.reason"), nullable=False),
    Index("ix_feedback_events_feedback_id_id", "feedback_id", "id"),
)
