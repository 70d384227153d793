"""Add the switches that take a part of the service out of use, as an append-only history.

Why: whoever stops the bot, a channel or the widget must be able to do it at once for all hubs, and
who did it why is evidence. Locks nothing: one new table.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
phase = "expand"

NAME = "switch_changes"


def upgrade() -> None:
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_switch_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_switch_changes_name_position", NAME, ["name", "position"], unique=True)
    for statement in append_only(NAME)[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in append_only_dropped(NAME)[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table(NAME)
