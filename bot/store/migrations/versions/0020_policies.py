"""Add packages of policies, the watch on policies, and what was told of them.

Why: a package is opened again under its link; whoever agreed hears once of a new, changed or ending
policy, whatever happens to the process that tells it. Locks: none on existing tables.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import JsonText, UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "policy_packages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("facts", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_policy_packages_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_packages")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_policy_packages_code_hash")),
        sa.UniqueConstraint("origin", name=op.f("uq_policy_packages_origin")),
    )
    op.create_index("ix_policy_packages_conversation_id", "policy_packages", ["conversation_id"])
    op.create_table(
        "policy_watches",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("profile", JsonText(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_policy_watches_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_policy_watches")),
    )
    op.create_table(
        "policy_news",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("policy_id", sa.String(length=60), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.String(length=40), nullable=False),
        sa.Column("done_at", UtcDateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_news")),
        sa.UniqueConstraint(
            "policy_id",
            "fingerprint",
            "kind",
            name=op.f("uq_policy_news_policy_id_fingerprint_kind"),
        ),
    )
    op.create_index("ix_policy_news_done_at", "policy_news", ["done_at"])
    op.create_table(
        "policy_notices",
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["news_id"], ["policy_news.id"], name=op.f("fk_policy_notices_news_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_policy_notices_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("news_id", "conversation_id", name=op.f("pk_policy_notices")),
    )
    op.create_index("ix_policy_notices_conversation_id", "policy_notices", ["conversation_id"])


def downgrade() -> None:
    for table in ("policy_notices", "policy_news", "policy_watches", "policy_packages"):
        op.drop_table(table)
