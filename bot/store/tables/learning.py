"""Messages that were not understood, what people decided about them, models and background work."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.sealed_types import Sealed
from bot.store.tables.base import METADATA
from bot.store.tables.triggers import guard
from bot.store.types import JsonText, UtcDateTime

LESSONS = Table(
    "lessons",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("target", String(80), nullable=False),
    Column("examples", JsonText, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("proposed_by", ForeignKey("agents.id"), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_by", ForeignKey("agents.id")),
    Column("decided_at", UtcDateTime),
    Index("ix_lessons_state_id", "state", "id"),
)

LESSON_EVENTS = Table(
    "lesson_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("lesson_id", ForeignKey("lessons.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_lesson_events_lesson_id_id", "lesson_id", "id"),
)
guard(LESSON_EVENTS)

MISUNDERSTOOD = Table(
    "misunderstood",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # a repeated turn writes nothing twice
    Column("message_id", Integer, nullable=False, unique=True),
    Column("conversation_id", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Sealed("misunderstood.text"), nullable=False),
    Column("reason", String(12), nullable=False),
    Column("form", String(60), nullable=False),
    Column("question", String(60), nullable=False),
    Column("model", String(80), nullable=False),
    Column("candidates", JsonText, nullable=False),
    Column("chosen", String(120), nullable=False),
    Column("lesson_id", ForeignKey("lessons.id")),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_misunderstood_lesson_id_id", "lesson_id", "id"),
    Index("ix_misunderstood_expires_at", "expires_at"),
)

LEARNING_JOBS = Table(
    "learning_jobs",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("wish", JsonText, nullable=False),
    Column("stage", String(200), nullable=False),
    Column("percent", Integer),
    Column("result", JsonText, nullable=False),
    Column("error", Text, nullable=False),
    Column("by", ForeignKey("agents.id")),
    Column("at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Index("ix_learning_jobs_state_id", "state", "id"),
)

MODEL_CHOICES = Table(
    "model_choices",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("base", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("by", ForeignKey("agents.id")),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("active_at", UtcDateTime),
    Index("ix_model_choices_state_id", "state", "id"),
)

RASA_SERVING = Table(
    "rasa_serving",
    METADATA,
    Column("run_id", String(40), primary_key=True),
    Column("url", String(200), nullable=False),
    Column("choice_id", ForeignKey("model_choices.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
