"""Let a complaint or suggestion have somebody who answers for it.

Why: what a department gets is somebody's in it, who is reminded; what is late goes to the
supervisors. Locks: `feedback` for the moment of adding a column and an index.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
phase = "expand"

TABLE = "feedback_owner_events"


def upgrade() -> None:
    op.add_column("feedback", sa.Column("owner_id", sa.Integer()))
    op.create_index("ix_feedback_owner_id_state", "feedback", ["owner_id", "state"])
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=80)),
        sa.CheckConstraint(
            "kind IN ('named', 'reminded', 'escalated')", name=op.f(f"ck_{TABLE}_kind")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f(f"fk_{TABLE}_feedback_id_feedback")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["agents.id"], name=op.f(f"fk_{TABLE}_owner_id_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("origin", name=op.f(f"uq_{TABLE}_origin")),
    )
    op.create_index(f"ix_{TABLE}_feedback_id_id", TABLE, ["feedback_id", "id"])
    for statement in append_only(TABLE)[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in append_only_dropped(TABLE)[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table(TABLE)
    op.drop_index("ix_feedback_owner_id_state", table_name="feedback")
    with op.batch_alter_table("feedback") as table:
        table.drop_column("owner_id")
