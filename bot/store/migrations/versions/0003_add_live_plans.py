"""Add what makes a saved plan live: state, versions, history, readers, notices.

Why: plans are marked step by step, reminded of and recomputed. Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import JsonText, UtcDateTime, ZippedJson

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
phase = "expand"

PLAN_TABLES = ("plan_versions", "plan_readers", "plan_notices", "plan_lives", "plan_events")


def _of_plan(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f(f"fk_{table}_plan_id"))


def upgrade() -> None:
    op.create_table(
        "plan_rule_sets",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_plan_rule_sets")),
    )
    op.create_table(
        "plan_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(length=160), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        _of_plan("plan_events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_events")),
        sa.UniqueConstraint("origin", name=op.f("uq_plan_events_origin")),
    )
    op.create_index("ix_plan_events_plan_id", "plan_events", ["plan_id"])
    op.create_table(
        "plan_lives",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("recipe", JsonText(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("done", JsonText(), nullable=False),
        sa.Column("papers", JsonText(), nullable=False),
        sa.Column("dates", JsonText(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("phone_tail", sa.String(length=4), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        _of_plan("plan_lives"),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_lives")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_lives_number")),
    )
    op.create_index(
        "ix_plan_lives_is_open_fingerprint", "plan_lives", ["is_open", "fingerprint", "plan_id"]
    )
    op.create_table(
        "plan_notices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        _of_plan("plan_notices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_notices")),
        sa.UniqueConstraint(
            "plan_id",
            "conversation_id",
            "kind",
            "subject",
            name=op.f("uq_plan_notices_plan_id_conversation_id_kind_subject"),
        ),
    )
    op.create_index("ix_plan_notices_told_at", "plan_notices", ["told_at", "id"])
    op.create_table(
        "plan_readers",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("granted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("is_muted", sa.Boolean(), nullable=False),
        _of_plan("plan_readers"),
        sa.PrimaryKeyConstraint("plan_id", "conversation_id", name=op.f("pk_plan_readers")),
    )
    op.create_index("ix_plan_readers_conversation_id", "plan_readers", ["conversation_id"])
    op.create_index("ix_plan_readers_remind_on", "plan_readers", ["remind_on"])
    op.create_table(
        "plan_versions",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("dates", JsonText(), nullable=False),
        sa.Column("snapshot", ZippedJson(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        _of_plan("plan_versions"),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_plan_versions")),
    )


def downgrade() -> None:
    for table in PLAN_TABLES:
        op.drop_table(table)
    op.drop_table("plan_rule_sets")
