"""Add the queue of events for a city's data platform, and what fills it.

Why: what happened goes to a broker after the commit, and the row that says so must be in the very
transaction of what happened; the database writes it itself. Earlier entries are not queued, see
`xiaoer events replay`. Locks: five tables for the moment of adding a trigger; no rows are touched.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.outgoing import QUEUED, queues, queues_dropped
from bot.store.types import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None
phase = "expand"
harmless = {
    f"{table} has a trigger, {table}_outgoing": "it adds a row elsewhere, and refuses nothing"
    for table in QUEUED
}


def upgrade() -> None:
    """Create the table and the triggers."""
    op.create_table(
        "outgoing_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_replay", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_events")),
        sa.UniqueConstraint("source", "ref_id", name=op.f("uq_outgoing_events_source_ref_id")),
        sqlite_autoincrement=True,
    )
    dialect = op.get_bind().dialect.name
    for table in QUEUED:
        for statement in queues(table)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    """Drop the triggers, then the table."""
    dialect = op.get_bind().dialect.name
    for table in QUEUED:
        for statement in queues_dropped(table)[dialect]:
            op.execute(statement)
    op.drop_table("outgoing_events")
