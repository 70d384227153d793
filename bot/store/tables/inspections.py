"""Samples that reform supervisors and third parties have drawn, and what they found."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

INSPECTION_SAMPLES = Table(
    "inspection_samples",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("size", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    Column("made_by", ForeignKey("agents.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

INSPECTION_CASES = Table(
    "inspection_cases",
    METADATA,
    Column("sample_id", ForeignKey("inspection_samples.id"), primary_key=True),
    # from 1, in the order of the draw
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sample_id", ForeignKey("inspection_samples.id")),
    Column("position", Integer),
    Column("text", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("made_by", ForeignKey("agents.id"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),  # open, answered
    Column("answer", Text, nullable=False),
    Column("answered_by", ForeignKey("agents.id")),
    Column("answered_at", UtcDateTime),
    Index("ix_findings_state_due_on", "state", "due_on"),
)
