"""Plans that live: their state, versions, history, readers, and what readers are to be told."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.sealed_types import Sealed
from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime, ZippedJson

PLAN_LIVES = Table(
    "plan_lives",
    METADATA,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("recipe", JsonText, nullable=False),
    Column("start_on", Date, nullable=False),
    Column("done", JsonText, nullable=False),
    Column("papers", JsonText, nullable=False),
    Column("dates", JsonText, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("phone_tail", Sealed("plan_lives.phone_tail", 4), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    # the recomputation walks open plans of another fingerprint by id
    Index("ix_plan_lives_is_open_fingerprint", "is_open", "fingerprint", "plan_id"),
)

PLAN_VERSIONS = Table(
    "plan_versions",
    METADATA,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reason", String(20), nullable=False),
    Column("dates", JsonText, nullable=False),
    Column("snapshot", ZippedJson),  # version 1 lies with the plan
    Column("at", UtcDateTime, nullable=False),
)

PLAN_EVENTS = Table(
    "plan_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("on_day", Date),
    Column("origin", String(160), unique=True),
    Column("at", UtcDateTime, nullable=False),
)

PLAN_READERS = Table(
    "plan_readers",
    METADATA,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("conversation_id", String(40), primary_key=True),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("remind_days", Integer),
    Column("remind_on", Date),
    Column("is_muted", Boolean, nullable=False),
    Index("ix_plan_readers_conversation_id", "conversation_id"),
    Index("ix_plan_readers_remind_on", "remind_on"),
)

PLAN_NOTICES = Table(
    "plan_notices",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("plan_id", ForeignKey("plans.id"), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("text", Sealed("plan_notices.text"), nullable=False),
    Column("told_at", UtcDateTime),
    UniqueConstraint("plan_id", "conversation_id", "kind", "subject"),
    Index("ix_plan_notices_told_at", "told_at", "id"),
)

PLAN_RULE_SETS = Table(
    "plan_rule_sets",
    METADATA,
    Column("fingerprint", String(64), primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
)
