"""Add the list of migrations that a database has seen, with what older code makes of each.

Why: a program of the release before meets migrations that it does not know, and has to tell those
that only add from those that it cannot live with. Locks: none, the table is new.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "schema_steps",
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("safe_from", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_schema_steps")),
    )


def downgrade() -> None:
    op.drop_table("schema_steps")
