"""Packages of policies under a link, who wants to hear of policies, and what was told."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime

POLICY_PACKAGES = Table(
    "policy_packages",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("origin", String(200), nullable=False, unique=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),  # SHA-256 of the code in the link
    Column("facts", JsonText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

POLICY_WATCHES = Table(
    "policy_watches",
    METADATA,
    # read in this order, batch by batch
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    Column("profile", JsonText, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("stopped_at", UtcDateTime),
)

POLICY_NEWS = Table(
    "policy_news",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("policy_id", String(60), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("kind", String(10), nullable=False),  # baseline, new, changed, expiring
    Column("seen_at", UtcDateTime, nullable=False),
    Column("reached", String(40), nullable=False),
    Column("done_at", UtcDateTime),
    # one version is news once
    UniqueConstraint("policy_id", "fingerprint", "kind"),
    Index("ix_policy_news_done_at", "done_at"),
)

POLICY_NOTICES = Table(
    "policy_notices",
    METADATA,
    Column("news_id", ForeignKey("policy_news.id"), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True, index=True),
    Column("at", UtcDateTime, nullable=False),
)
