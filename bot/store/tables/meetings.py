"""Talks with business: what is announced, who comes, what is asked and answered."""

from sqlalchemy import (
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

from bot.store.sealed_types import KeyedHash, Sealed
from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

MEETINGS = Table(
    "meetings",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(14), nullable=False),
    Column("title", String(60), nullable=False),
    Column("text", Text, nullable=False),
    Column("place", String(200), nullable=False),
    Column("starts_at", UtcDateTime),
    Column("closes_on", Date, nullable=False, index=True),
    Column("cancelled", Text, nullable=False),
    Column("made_by", ForeignKey("agents.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

MEETING_SIGNUPS = Table(
    "meeting_signups",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    Column("name", Sealed("meeting_signups.name"), nullable=False),
    Column("phone", Sealed("meeting_signups.phone"), nullable=False),
    # the same number signs up once
    Column("phone_hash", KeyedHash("meeting_signups.phone"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("meeting_id", "phone_hash"),
)

MEETING_QUESTIONS = Table(
    "meeting_questions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    Column("text", Sealed("meeting_questions.text"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answer_id", ForeignKey("meeting_answers.id")),
    Index("ix_meeting_questions_meeting_id_id", "meeting_id", "id"),
)

MEETING_ANSWERS = Table(
    "meeting_answers",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("made_by", ForeignKey("agents.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
