"""Add what was counted of each month for the open statistics.

Why: a public page over a year reads some ten thousand rows instead of every event. Locks: none but
on the new tables.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "open_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("counted_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_open_months")),
    )
    op.create_table(
        "open_counts",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "what", "dimension", "key", name=op.f("pk_open_counts")),
    )


def downgrade() -> None:
    op.drop_table("open_counts")
    op.drop_table("open_months")
