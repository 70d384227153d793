"""Add the answers to complaints and suggestions, and what of them everybody may read.

Why: an answer is written by one person and checked by another before it goes out, and so is its
publication. Locks: none but on the new tables.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import JsonText, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "feedback_answers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("checker_id", sa.Integer()),
        sa.Column("checked_at", UtcDateTime(timezone=True)),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("marks", JsonText(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('open', 'approved', 'returned')",
            name=op.f("ck_feedback_answers_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f("fk_feedback_answers_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["agents.id"], name=op.f("fk_feedback_answers_author_id_agents")
        ),
        sa.ForeignKeyConstraint(
            ["checker_id"], ["agents.id"], name=op.f("fk_feedback_answers_checker_id_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_answers")),
    )
    op.create_index("ix_feedback_answers_feedback_id_id", "feedback_answers", ["feedback_id", "id"])
    op.create_table(
        "feedback_publications",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("prepared_by", sa.Integer(), nullable=False),
        sa.Column("prepared_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("published_at", UtcDateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('prepared', 'published', 'withdrawn')",
            name=op.f("ck_feedback_publications_state"),
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.id"],
            name=op.f("fk_feedback_publications_feedback_id_feedback"),
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by"], ["agents.id"], name=op.f("fk_feedback_publications_prepared_by_agents")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["agents.id"], name=op.f("fk_feedback_publications_decided_by_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_publications")),
        sa.UniqueConstraint("feedback_id", name=op.f("uq_feedback_publications_feedback_id")),
    )
    op.create_index(
        "ix_feedback_publications_state_published_at",
        "feedback_publications",
        ["state", "published_at"],
    )


def downgrade() -> None:
    op.drop_table("feedback_publications")
    op.drop_table("feedback_answers")
