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
    # where somebody signed up through the chat; NULL from the page
    Column("conversation_id", String(40), index=True),
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
    # where somebody asked through the chat; staff never see it
    Column("conversation_id", String(40), index=True),
    Column("origin", String(80), unique=True),
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

MEETING_WATCHES = Table(
    "meeting_watches",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)

MEETING_STEPS = Table(
    "meeting_steps",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    Column("step", String(10), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # message that answered it, so that a turn that is served again comes to the same
    Column("answered_by", Integer),
)

MEETING_NOTICES = Table(
    "meeting_notices",
    METADATA,
    Column("kind", String(10), primary_key=True),
    # a meeting, or for answers an answer
    Column("ref_id", Integer, primary_key=True, autoincrement=False),
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True, index=True),
    Column("at", UtcDateTime, nullable=False),
)
