"""What supervisors look at: counted talks, signs in them, quality marks, challenged answers."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, false

from bot.store.sealed_types import Sealed
from bot.store.tables.base import METADATA
from bot.store.tables.triggers import guard
from bot.store.types import UtcDateTime

TALK_SIGNS = Table(
    "talk_signs",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # conversation, message and kind: the same turn again writes nothing
    Column("origin", String(200), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    Column("kind", String(16), nullable=False),  # not_understood, person_asked
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

TALK_DAYS = Table(
    "talk_days",
    METADATA,
    # one row for each conversation and local day on which the applicant said something
    Column("day", Date, primary_key=True),
    Column("conversation_id", String(40), primary_key=True),
    Column("hour", Integer, nullable=False),  # local, of the first message of that day
    Column("channel", String(20), nullable=False),
    Column("matter_id", String(60), nullable=False),
    Column("department_id", String(60), nullable=False),
    Column("said", Integer, nullable=False),
    Column("agent_said", Integer, nullable=False),
    Column("not_understood", Integer, nullable=False),
    Column("person_asked", Integer, nullable=False),
    Column("is_test", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Index("ix_talk_days_conversation_id", "conversation_id"),
)

TALK_COUNTERS = Table(
    "talk_counters",
    METADATA,
    # how far messages and signs have been counted
    Column("name", String(16), primary_key=True),
    Column("position", Integer, nullable=False),
)

QUALITY_MARKS = Table(
    "quality_marks",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    # whose work was looked at, and who looked
    Column("agent_id", ForeignKey("agents.id"), nullable=False),
    Column("by_id", ForeignKey("agents.id"), nullable=False),
    Column("answers", Boolean(create_constraint=False), nullable=False),
    Column("names_basis", Boolean(create_constraint=False), nullable=False),
    Column("says_next", Boolean(create_constraint=False), nullable=False),
    Column("remark", String(500), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_quality_marks_at", "at"),
    Index("ix_quality_marks_agent_id_at", "agent_id", "at"),
    Index("ix_quality_marks_conversation_id", "conversation_id"),
    sqlite_autoincrement=True,
)
guard(QUALITY_MARKS)

CHALLENGES = Table(
    "challenges",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("origin", String(200), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    # what the bot had said, and what was said against it
    Column("answer", Text, nullable=False),
    Column("said", Sealed("challenges.said"), nullable=False),
    Column("matter_id", String(60), nullable=False),
    Column("topic", String(20), nullable=False),
    # of the suggestion that the applicant left about it, "" for none
    Column("number", String(24), nullable=False),
    Column("state", String(10), nullable=False),  # open, right, wrong, unclear
    Column("reply", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Integer),
    Index("ix_challenges_state_id", "state", "id"),
    Index("ix_challenges_conversation_id", "conversation_id"),
)

CHALLENGE_EVENTS = Table(
    "challenge_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("challenge_id", ForeignKey("challenges.id"), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("actor", String(60), nullable=False),
    Column("text", Sealed("challenge_events.text"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
guard(CHALLENGE_EVENTS)
