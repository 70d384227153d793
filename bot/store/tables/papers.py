"""Documents given out, short links to plans, filled forms, confirmations and signatures."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.sealed_types import Sealed, SealedBytes, SealedJson
from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

ISSUED_DOCUMENTS = Table(
    "issued_documents",
    METADATA,
    Column("number", String(24), primary_key=True),
    Column("kind", String(2), nullable=False),
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    # digest of what it was made from: asked for again, the same file is given
    Column("version", String(64), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("media_type", String(100), nullable=False),
    Column("content", SealedBytes("issued_documents.content"), nullable=False),
    Column("seal_subject", String(200)),
    Column("seal_fingerprint", String(64), index=True),
    Column("seal_is_test", Boolean),
    Column("issued_at", UtcDateTime, nullable=False),
    UniqueConstraint("plan_id", "kind", "version"),
)

SHORT_LINKS = Table(
    "short_links",
    METADATA,
    Column("code_hash", String(64), primary_key=True),  # SHA-256 of the code in the link
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

FAILED_LOOKUPS = Table(
    "failed_lookups",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # SHA-256 of purpose and client address; rows are deleted after an hour
    Column("subject", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_failed_lookups_subject_at", "subject", "at"),
    Index("ix_failed_lookups_at", "at"),
)

PLAN_FORMS = Table(
    "plan_forms",
    METADATA,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column(
        "answers", SealedJson("plan_forms.answers"), nullable=False
    ),  # field id to canonical text
    Column("updated_at", UtcDateTime, nullable=False),
)

CONFIRMATIONS = Table(
    "confirmations",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("origin", String(200), nullable=False, unique=True),
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    Column("conversation_id", String(40), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_at", UtcDateTime),
)

SIGNATURES = Table(
    "signatures",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("plan_id", ForeignKey("plans.id"), nullable=False, index=True),
    # single use is a constraint, not a habit
    Column("confirmation_id", ForeignKey("confirmations.id"), nullable=False, unique=True),
    Column("conversation_id", String(40), nullable=False),
    Column("document_number", ForeignKey("issued_documents.number"), nullable=False),
    Column("document_sha256", String(64), nullable=False),
    Column("signer", Sealed("signatures.signer", 80), nullable=False),
    Column("method", String(8), nullable=False),
    Column("image", SealedBytes("signatures.image")),
    Column("signed_at", UtcDateTime, nullable=False),
)
