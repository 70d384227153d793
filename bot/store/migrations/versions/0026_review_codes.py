"""Add codes to review a service from elsewhere, invitations, and who answers for a bad review.

Why: a service is reviewed once, invited once, also by people who have no conversation here; a
rectification has an owner and belongs to a department. Locks: `rectifications` for the moment of
adding columns.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "review_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("target_kind", sa.String(length=12), nullable=False),
        sa.Column("target_id", sa.String(length=120), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["made_by"], ["agents.id"], name=op.f("fk_review_codes_made_by_agents")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_review_codes")),
    )
    op.create_index("ix_review_codes_made_by_made_at", "review_codes", ["made_by", "made_at"])
    op.create_table(
        "review_invitations",
        sa.Column("target_kind", sa.String(length=12), nullable=False),
        sa.Column("target_id", sa.String(length=120), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("target_kind", "target_id", name=op.f("pk_review_invitations")),
    )
    op.create_index(
        "ix_review_invitations_conversation_id", "review_invitations", ["conversation_id"]
    )
    op.add_column("rectifications", sa.Column("owner_id", sa.Integer()))
    op.add_column("rectifications", sa.Column("department_id", sa.String(length=60)))
    op.create_index(
        "ix_rectifications_department_id_created_at",
        "rectifications",
        ["department_id", "created_at"],
    )


def downgrade() -> None:
    op.drop_index("ix_rectifications_department_id_created_at", table_name="rectifications")
    with op.batch_alter_table("rectifications") as table:
        table.drop_column("department_id")
        table.drop_column("owner_id")
    op.drop_table("review_invitations")
    op.drop_table("review_codes")
