"""Add applications, notices of missing papers, papers that come later, frozen matters.

Why: applications are handed in through the chat and received by the window in the desk; officials
freeze a matter whose rule has changed. Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import JsonText, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form_id", sa.String(length=40), nullable=False),
        sa.Column("form_values", JsonText(), nullable=False),
        sa.Column("matter_ids", JsonText(), nullable=False),
        sa.Column("papers", JsonText(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("consented_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_applications_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_applications")),
    )
    op.create_index("ix_applications_conversation_id", "applications", ["conversation_id"])
    op.create_table(
        "paper_requests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("papers", JsonText(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("caused_by", sa.String(length=300), nullable=False),
        sa.Column("supplied", JsonText(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["applications.case_id"], name=op.f("fk_paper_requests_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_requests")),
    )
    op.create_index("ix_paper_requests_case_id", "paper_requests", ["case_id"])
    op.create_table(
        "later_papers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("offered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["applications.case_id"], name=op.f("fk_later_papers_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_papers")),
    )
    op.create_index("ix_later_papers_case_id", "later_papers", ["case_id"])
    op.create_index("ix_later_papers_received_at_due_on", "later_papers", ["received_at", "due_on"])
    op.create_table(
        "matter_freezes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("frozen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(length=60), nullable=False),
        sa.Column("lifted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_freezes")),
    )
    op.create_index("ix_matter_freezes_lifted_at", "matter_freezes", ["lifted_at"])


def downgrade() -> None:
    op.drop_table("matter_freezes")
    op.drop_table("later_papers")
    op.drop_table("paper_requests")
    op.drop_table("applications")
