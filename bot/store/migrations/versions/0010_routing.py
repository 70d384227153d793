"""Add proposals and decisions of routing, additions to whistles, and hot issues.

Why: a dispatcher sees what was proposed and why, and what was decided becomes training data; many
businesses with the same complaint are raised to the supervisor. Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import JsonText, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
phase = "expand"

GUARDED = ("routing_decisions", "hot_events")


def upgrade() -> None:
    _create_routing()
    _create_hot()
    for table in GUARDED:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def _create_routing() -> None:
    op.create_table(
        "routing_proposals",
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("departments", JsonText(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("words", JsonText(), nullable=False),
        sa.Column("matter_id", sa.String(length=60), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_routing_proposals")),
    )
    op.create_table(
        "routing_decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("proposed_id", sa.String(length=60), nullable=True),
        sa.Column("decided_id", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_decisions")),
    )
    op.create_index("ix_routing_decisions_subject_id", "routing_decisions", ["subject", "id"])


def _create_hot() -> None:
    op.create_table(
        "hot_issues",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("department_id", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("raised_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["hot_issues.id"], name=op.f("fk_hot_issues_merged_into")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hot_issues")),
    )
    op.create_index("ix_hot_issues_state_updated_at", "hot_issues", ["state", "updated_at"])
    op.create_table(
        "hot_members",
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("joined_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["hot_issues.id"], name=op.f("fk_hot_members_issue_id")
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_hot_members")),
    )
    op.create_index("ix_hot_members_issue_id", "hot_members", ["issue_id"])
    op.create_table(
        "hot_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["hot_issues.id"], name=op.f("fk_hot_events_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hot_events")),
    )
    op.create_index("ix_hot_events_issue_id_id", "hot_events", ["issue_id", "id"])


def downgrade() -> None:
    for table in GUARDED:
        for statement in append_only_dropped(table)[op.get_bind().dialect.name]:
            op.execute(statement)
    for table in (
        "hot_events",
        "hot_members",
        "hot_issues",
        "routing_decisions",
        "routing_proposals",
    ):
        op.drop_table(table)
