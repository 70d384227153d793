"""Staff accounts, their sessions and presence, login failures and the audit trail."""

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    event,
    false,
)

from bot.store.sealed_types import SealedJson
from bot.store.tables.base import METADATA
from bot.store.tables.triggers import append_only
from bot.store.types import JsonText, UtcDateTime

AGENTS = Table(
    "agents",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("role", String(12), nullable=False),
    Column("department_id", String(60)),
    Column("districts", JsonText, nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("is_active", Boolean(create_constraint=False), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # the password was chosen by somebody else: it is good for choosing another one
    Column(
        "must_change_password",
        Boolean(create_constraint=False),
        nullable=False,
        server_default=false(),
    ),
    sqlite_autoincrement=True,  # old audit entries never point at a new person
)

DESK_SESSIONS = Table(
    "desk_sessions",
    METADATA,
    # SHA-256 of the random id in the cookie: a copy of the database opens no desk
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", ForeignKey("agents.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("is_code_due", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("device", String(80), nullable=False, server_default=""),
    Column("way", String(10), nullable=False, server_default="password"),
)

SECOND_FACTORS = Table(
    "second_factors",
    METADATA,
    Column("agent_id", ForeignKey("agents.id"), primary_key=True),
    # encrypted with a key that is not in the database
    Column("secret", String(300), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # until the first right code nothing is asked for at the login
    Column("confirmed_at", UtcDateTime),
    # number of the last 30 seconds whose code was used: a code opens once
    Column("last_step", Integer, nullable=False),
)

RECOVERY_CODES = Table(
    "recovery_codes",
    METADATA,
    Column("agent_id", ForeignKey("agents.id"), primary_key=True),
    # SHA-256 of 80 random bits
    Column("code_hash", String(64), primary_key=True),
    Column("used_at", UtcDateTime),
)

CITY_IDENTITIES = Table(
    "city_identities",
    METADATA,
    Column("issuer", String(200), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("agent_id", ForeignKey("agents.id"), nullable=False, index=True),
    Column("linked_at", UtcDateTime, nullable=False),
)

CITY_LOGINS = Table(
    "city_logins",
    METADATA,
    # SHA-256 of the random id in the browser's cookie; a row is taken out when it is used
    Column("key_hash", String(64), primary_key=True),
    Column("state", JsonText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)

DESK_PRESENCE = Table(
    "desk_presence",
    METADATA,
    Column("agent_id", ForeignKey("agents.id"), primary_key=True),
    Column("is_available", Boolean(create_constraint=False), nullable=False),
    Column("heartbeat_at", UtcDateTime, nullable=False),
)

LOGIN_ATTEMPTS = Table(
    "login_attempts",
    METADATA,
    # SHA-256 of what was typed: people type passwords into the wrong box
    Column("login_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", UtcDateTime, nullable=False),
    Column("locked_until", UtcDateTime),
)

AUDIT_ENTRIES = Table(
    "audit_entries",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", Integer),
    Column("action", String(40), nullable=False),
    Column("subject", String(60)),
    Column("detail", String(300)),
    # place, seal and key of the chain; empty in entries from before it began
    Column("seq", Integer),
    Column("seal", String(64)),
    Column("key_id", String(8)),
    Index("ix_audit_entries_seq", "seq", unique=True),
    Index("ix_audit_entries_action_id", "action", "id"),
    Index("ix_audit_entries_subject_at", "subject", "at"),
    Index("ix_audit_entries_agent_id_at", "agent_id", "at"),
    sqlite_autoincrement=True,
)
for dialect, statements in append_only("audit_entries").items():
    for statement in statements:
        event.listen(AUDIT_ENTRIES, "after_create", DDL(statement).execute_if(dialect=dialect))

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("seq", Integer, nullable=False),
    Column("seal", String(64), nullable=False),
    # digest of the entries from before the chain
    Column("before", String(64), nullable=False),
)

HANDOVERS = Table(
    "handovers",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    # who held or took the conversation; the clock's sweep keeps the one who lost it
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # on a claim: since when the applicant waited, so that a return goes to the old place
    Column("waiting_since", UtcDateTime),
    # why it was passed on or closed, and to whom
    Column("reason", String(200)),
    Column("to_agent_id", Integer),
    Column("to_department_id", String(60)),
    Index("ix_handovers_agent_id_at", "agent_id", "at"),
    Index("ix_handovers_conversation_id_at", "conversation_id", "at"),
    Index("ix_handovers_step_at", "step", "at"),
    sqlite_autoincrement=True,
)

HANDOVER_FIELDS = Table(
    "handover_fields",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("slot", String(80), nullable=False),
    Column("value", SealedJson("handover_fields.value")),
    Column("at", UtcDateTime, nullable=False),
    # when a hand-back told the bot; until then the value waits here
    Column("passed_on_at", UtcDateTime),
    Index("ix_handover_fields_conversation_id_passed_on_at", "conversation_id", "passed_on_at"),
    sqlite_autoincrement=True,
)
