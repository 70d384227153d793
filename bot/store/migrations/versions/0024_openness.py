"""Add the history of publications.

Why: what was public, why it went, and what was seen later stays on record; nobody can change it.
Locks: none but on the new table.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

GUARDED = ("publication_events",)


def _publications() -> None:
    op.create_table(
        "publication_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.id"],
            name=op.f("fk_publication_events_feedback_id_feedback"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name=op.f("fk_publication_events_agent_id_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_events")),
    )
    op.create_index(
        "ix_publication_events_feedback_id_id", "publication_events", ["feedback_id", "id"]
    )


def upgrade() -> None:
    _publications()
    for table in GUARDED:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for name in GUARDED:
        for statement in append_only_dropped(name)[op.get_bind().dialect.name]:
            op.execute(statement)
        op.drop_table(name)
