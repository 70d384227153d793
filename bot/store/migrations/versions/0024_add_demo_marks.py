"""Add the mark of a database that holds made-up data only.

Why: `xiaoer demo` fills no database with real data, and takes away only what is marked. Locks
nothing: one new table.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "demo_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filled_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_marks")),
    )


def downgrade() -> None:
    op.drop_table("demo_marks")
