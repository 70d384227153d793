"""Add what channels need: cursors, pieces sent, people out of reach.

Why: a platform that is asked for news is asked by one process, from where it stopped; a long line
goes out in pieces and goes on at the right one; whoever blocked the bot is known to staff. Locks:
`conversations` and `deliveries` for the moment of adding a column, `deliveries` while its index is
built (one pass; about a second for a million lines).
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "channel_cursors",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("lease_holder", sa.String(length=60)),
        sa.Column("lease_until", UtcDateTime(timezone=True)),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_cursors")),
    )
    op.add_column("conversations", sa.Column("unreachable_at", UtcDateTime(timezone=True)))
    op.add_column(
        "deliveries", sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index("ix_deliveries_conversation_id_id", "deliveries", ["conversation_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_deliveries_conversation_id_id", table_name="deliveries")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("parts_sent")
    with op.batch_alter_table("conversations") as table:
        table.drop_column("unreachable_at")
    op.drop_table("channel_cursors")
