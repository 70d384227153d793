"""Tables of the answers to complaints and suggestions."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.tables.base import METADATA
from bot.store.tables.casework import FEEDBACK
from bot.store.tables.triggers import guard
from bot.store.types import JsonText, UtcDateTime

FEEDBACK_ANSWERS = Table(
    "feedback_answers",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("feedback_id", ForeignKey(FEEDBACK.c.id), nullable=False),
    Column("text", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("author_id", ForeignKey("agents.id"), nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("decision", String(10), nullable=False),
    Column("checker_id", ForeignKey("agents.id")),
    Column("checked_at", UtcDateTime),
    Column("remark", Text, nullable=False),
    Column("marks", JsonText, nullable=False),
    CheckConstraint("decision IN ('open', 'approved', 'returned')", name="decision"),
    Index("ix_feedback_answers_feedback_id_id", "feedback_id", "id"),
)

FEEDBACK_OWNER_EVENTS = Table(
    "feedback_owner_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("feedback_id", ForeignKey(FEEDBACK.c.id), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("owner_id", ForeignKey("agents.id"), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # what the clock writes once; NULL for what people do
    Column("origin", String(80), unique=True),
    CheckConstraint("kind IN ('named', 'reminded', 'escalated')", name="kind"),
    Index("ix_feedback_owner_events_feedback_id_id", "feedback_id", "id"),
)
guard(FEEDBACK_OWNER_EVENTS)

FEEDBACK_PUBLICATIONS = Table(
    "feedback_publications",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("feedback_id", ForeignKey(FEEDBACK.c.id), nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("prepared_by", ForeignKey("agents.id"), nullable=False),
    Column("prepared_at", UtcDateTime, nullable=False),
    Column("decided_by", ForeignKey("agents.id")),
    Column("published_at", UtcDateTime),
    Column("reason", Text, nullable=False),
    CheckConstraint("state IN ('prepared', 'published', 'withdrawn')", name="state"),
    Index("ix_feedback_publications_state_published_at", "state", "published_at"),
)

PUBLICATION_EVENTS = Table(
    "publication_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("feedback_id", ForeignKey(FEEDBACK.c.id), nullable=False),
    Column("kind", String(12), nullable=False),  # published, withdrawn, followed_up
    # what was public then
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_publication_events_feedback_id_id", "feedback_id", "id"),
)
guard(PUBLICATION_EVENTS)
