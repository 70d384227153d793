"""Add documents given out, short links, confirmations and signatures.

Why: notices and receipts are kept to be verified; plans are passed on by short links; the single
form is signed. Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import JsonText, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "issued_documents",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=2), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("seal_subject", sa.String(length=200), nullable=True),
        sa.Column("seal_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("seal_is_test", sa.Boolean(), nullable=True),
        sa.Column("issued_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name=op.f("fk_issued_documents_plan_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issued_documents")),
        sa.UniqueConstraint(
            "plan_id", "kind", "version", name=op.f("uq_issued_documents_plan_id_kind_version")
        ),
    )
    for column in ("plan_id", "sha256", "seal_fingerprint"):
        op.create_index(f"ix_issued_documents_{column}", "issued_documents", [column])
    op.create_table(
        "short_links",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_short_links_plan_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_short_links")),
    )
    op.create_index("ix_short_links_plan_id", "short_links", ["plan_id"])
    op.create_table(
        "failed_lookups",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_lookups")),
    )
    op.create_index("ix_failed_lookups_subject_at", "failed_lookups", ["subject", "at"])
    op.create_index("ix_failed_lookups_at", "failed_lookups", ["at"])
    op.create_table(
        "plan_forms",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("answers", JsonText(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_forms_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_forms")),
    )
    _create_signing()


def downgrade() -> None:
    for table in (
        "signatures",
        "confirmations",
        "plan_forms",
        "failed_lookups",
        "short_links",
        "issued_documents",
    ):
        op.drop_table(table)


def _create_signing() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_confirmations_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint("origin", name=op.f("uq_confirmations_origin")),
    )
    op.create_index("ix_confirmations_plan_id", "confirmations", ["plan_id"])
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("confirmation_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("document_number", sa.String(length=24), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("signer", sa.String(length=80), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=True),
        sa.Column("signed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"], ["confirmations.id"], name=op.f("fk_signatures_confirmation_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_number"],
            ["issued_documents.number"],
            name=op.f("fk_signatures_document_number"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_signatures_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("confirmation_id", name=op.f("uq_signatures_confirmation_id")),
    )
    op.create_index("ix_signatures_plan_id", "signatures", ["plan_id"])
