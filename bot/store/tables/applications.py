"""Applications with their papers, notices of missing papers, and frozen matters."""

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
)

from bot.store.sealed_types import Sealed, SealedJson
from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime

APPLICATIONS = Table(
    "applications",
    METADATA,
    Column("case_id", ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("form_id", String(40), nullable=False),
    Column("form_values", SealedJson("applications.form_values"), nullable=False),
    Column("matter_ids", JsonText, nullable=False),
    # a list; each has name, choice, form, copies, until, is_provisional
    Column("papers", JsonText, nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("consented_at", UtcDateTime, nullable=False),
    Index("ix_applications_conversation_id", "conversation_id"),
)

PAPER_REQUESTS = Table(
    "paper_requests",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("applications.case_id"), nullable=False),
    Column("papers", JsonText, nullable=False),
    Column("reason", Sealed("paper_requests.reason"), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("asked_by", String(60), nullable=False),
    Column("caused_by", String(300), nullable=False),
    Column("supplied", JsonText, nullable=False),
    Column("answered_at", UtcDateTime),
    Index("ix_paper_requests_case_id", "case_id"),
)

LATER_PAPERS = Table(
    "later_papers",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("applications.case_id"), nullable=False),
    Column("name", String(300), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("is_provisional", Boolean, nullable=False),
    Column("offered_at", UtcDateTime),
    Column("received_at", UtcDateTime),
    # the last reminder that was sent: "" none, "soon", "today", "late"
    Column("reminded", String(10), nullable=False),
    Index("ix_later_papers_case_id", "case_id"),
    Index("ix_later_papers_received_at_due_on", "received_at", "due_on"),
)

MATTER_FREEZES = Table(
    "matter_freezes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("matter_id", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date),
    Column("frozen_at", UtcDateTime, nullable=False),
    Column("frozen_by", String(60), nullable=False),
    Column("lifted_at", UtcDateTime),
    Column("lifted_by", String(60)),
    Index("ix_matter_freezes_lifted_at", "lifted_at"),
)
