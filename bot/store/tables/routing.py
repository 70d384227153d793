"""Proposals of departments, what dispatchers decided, hot issues and what belongs together."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.store.tables.base import METADATA
from bot.store.tables.triggers import guard
from bot.store.types import JsonText, UtcDateTime

ORIGIN_LENGTH = 200

ROUTING_PROPOSALS = Table(
    "routing_proposals",
    METADATA,
    # number of the whistle or complaint
    Column("subject", String(24), primary_key=True),
    Column("basis", String(10), nullable=False),
    Column("category", String(40), nullable=False),
    # ids, the leading one first
    Column("departments", JsonText, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("words", JsonText, nullable=False),
    Column("matter_id", String(60)),
    Column("at", UtcDateTime, nullable=False),
)

ROUTING_DECISIONS = Table(
    "routing_decisions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", String(24), nullable=False),
    Column("proposed_id", String(60)),
    Column("decided_id", String(60), nullable=False),
    Column("category", String(40), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_routing_decisions_subject_id", "subject", "id"),
)
guard(ROUTING_DECISIONS)

HOT_ISSUES = Table(
    "hot_issues",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("title", String(120), nullable=False),
    Column("category", String(40), nullable=False),
    Column("department_id", String(60)),
    Column("state", String(10), nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("merged_into", ForeignKey("hot_issues.id")),
    Index("ix_hot_issues_state_updated_at", "state", "updated_at"),
)

HOT_MEMBERS = Table(
    "hot_members",
    METADATA,
    # in one issue at most: of two sweeps at once one finds it taken
    Column("subject", String(24), primary_key=True),
    Column("issue_id", ForeignKey("hot_issues.id"), nullable=False),
    # hash of the name, telephone or conversation
    Column("business", String(64), nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("by", String(60), nullable=False),
    Index("ix_hot_members_issue_id", "issue_id"),
)

HOT_EVENTS = Table(
    "hot_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("issue_id", ForeignKey("hot_issues.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_hot_events_issue_id_id", "issue_id", "id"),
)
guard(HOT_EVENTS)
