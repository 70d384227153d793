"""Add what WeChat and WeCom need: quotas, access tokens, places in the news of 微信客服.

Why: these platforms take five messages after each of the person's, want one access token for all
hubs, and give news of 微信客服 only when asked from a cursor on. Locks: `deliveries` for the moment
of adding a column.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
phase = "expand"


def upgrade() -> None:
    op.create_table(
        "channel_quotas",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("lines_left", sa.Integer(), nullable=False),
        sa.Column("open_until", UtcDateTime(timezone=True)),
        sa.Column("event_id", sa.String(length=120)),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_channel_quotas_conversation_id_conversations"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_channel_quotas")),
    )
    op.create_table(
        "channel_tokens",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sealed", sa.Text()),
        sa.Column("expires_at", UtcDateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claimed_until", UtcDateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel_tokens")),
    )
    op.create_table(
        "kf_accounts",
        sa.Column("open_kfid", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.String(length=80), nullable=False),
        sa.Column("token", sa.String(length=140), nullable=False),
        sa.Column("token_until", UtcDateTime(timezone=True)),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("try_at", UtcDateTime(timezone=True)),
        sa.Column("lease_holder", sa.String(length=60)),
        sa.Column("lease_until", UtcDateTime(timezone=True)),
        sa.PrimaryKeyConstraint("open_kfid", name=op.f("pk_kf_accounts")),
    )
    op.add_column("deliveries", sa.Column("noticed_at", UtcDateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("noticed_at")
    op.drop_table("kf_accounts")
    op.drop_table("channel_tokens")
    op.drop_table("channel_quotas")
