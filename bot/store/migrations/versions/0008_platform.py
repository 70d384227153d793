"""Keep copies of the approval platform's cases; let urges without an answer go up by themselves.

Why: a city's own platform is the second source of cases; copies carry what has been heard of them.
The day on which an urge goes up is stored, so that the sweep is an index scan. Locks: `cases` for
adding two columns, without a pass over its rows; `case_urges` for one pass over those that wait.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
phase = "expand"

DUE = "next_check_at IS NOT NULL"
URGES = "escalate_on IS NOT NULL"


def upgrade() -> None:
    op.add_column(
        "cases",
        sa.Column("source", sa.String(length=10), nullable=False, server_default="register"),
    )
    op.add_column("cases", sa.Column("state_words", sa.String(length=60), nullable=True))
    op.create_table(
        "platform_cases",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("grant_token", sa.String(length=200), nullable=False),
        sa.Column("fetched_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_check_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_platform_cases_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_platform_cases")),
    )
    op.create_index(
        "ix_platform_cases_next_check_at",
        "platform_cases",
        ["next_check_at"],
        sqlite_where=sa.text(DUE),
        postgresql_where=sa.text(DUE),
    )
    op.create_table(
        "platform_feed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cursor", sa.String(length=200), nullable=True),
        sa.Column("heard_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("next_poll_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_feed")),
    )
    op.create_table(
        "platform_nonces",
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_platform_nonces")),
    )
    op.create_index("ix_platform_nonces_expires_at", "platform_nonces", ["expires_at"])
    _create_asks()
    op.add_column(
        "case_urges", sa.Column("escalation", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("case_urges", sa.Column("escalate_on", sa.Date(), nullable=True))
    op.execute("UPDATE case_urges SET escalate_on = reply_due_on WHERE replied_at IS NULL")
    op.create_index(
        "ix_case_urges_escalate_on",
        "case_urges",
        ["escalate_on"],
        sqlite_where=sa.text(URGES),
        postgresql_where=sa.text(URGES),
    )


def _create_asks() -> None:
    op.create_table(
        "platform_asks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("proof", sa.String(length=20), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_asks")),
        sa.UniqueConstraint(
            "conversation_id", "number", name=op.f("uq_platform_asks_conversation_id_number")
        ),
    )
    op.create_index("ix_platform_asks_next_try_at", "platform_asks", ["next_try_at"])


def downgrade() -> None:
    op.drop_index("ix_case_urges_escalate_on", table_name="case_urges")
    op.drop_column("case_urges", "escalate_on")
    op.drop_column("case_urges", "escalation")
    for table in ("platform_asks", "platform_nonces", "platform_feed", "platform_cases"):
        op.drop_table(table)
    op.drop_column("cases", "state_words")
    op.drop_column("cases", "source")
