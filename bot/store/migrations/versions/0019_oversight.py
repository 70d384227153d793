"""Add what supervisors look at: counted talks, quality marks, challenged answers, test talks.

Why: reports over a range of dates read one row a conversation and day instead of every message;
marks and challenges are kept with who said what. Locks: `desk_threads` for the moment of adding a
column, `bookings` while its index is built (one pass).
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
phase = "expand"

GUARDED = ("quality_marks", "challenge_events")


def _talks() -> None:
    op.create_table(
        "talk_signs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_signs")),
        sa.UniqueConstraint("origin", name=op.f("uq_talk_signs_origin")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "talk_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("matter_id", sa.String(length=60), nullable=False),
        sa.Column("department_id", sa.String(length=60), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("agent_said", sa.Integer(), nullable=False),
        sa.Column("not_understood", sa.Integer(), nullable=False),
        sa.Column("person_asked", sa.Integer(), nullable=False),
        sa.Column("is_test", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("day", "conversation_id", name=op.f("pk_talk_days")),
    )
    op.create_index("ix_talk_days_conversation_id", "talk_days", ["conversation_id"])
    op.create_table(
        "talk_counters",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_talk_counters")),
    )


def _marks() -> None:
    op.create_table(
        "quality_marks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.Column("names_basis", sa.Boolean(), nullable=False),
        sa.Column("says_next", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_quality_marks_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name=op.f("fk_quality_marks_agent_id_agents")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["agents.id"], name=op.f("fk_quality_marks_by_id_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_marks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quality_marks_at", "quality_marks", ["at"])
    op.create_index("ix_quality_marks_agent_id_at", "quality_marks", ["agent_id", "at"])
    op.create_index("ix_quality_marks_conversation_id", "quality_marks", ["conversation_id"])


def _challenges() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("matter_id", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True)),
        sa.Column("closed_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("origin", name=op.f("uq_challenges_origin")),
    )
    op.create_index("ix_challenges_state_id", "challenges", ["state", "id"])
    op.create_index("ix_challenges_conversation_id", "challenges", ["conversation_id"])
    op.create_table(
        "challenge_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenges.id"],
            name=op.f("fk_challenge_events_challenge_id_challenges"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_events")),
    )
    op.create_index("ix_challenge_events_challenge_id", "challenge_events", ["challenge_id"])


def upgrade() -> None:
    _talks()
    _marks()
    _challenges()
    op.add_column(
        "desk_threads",
        sa.Column("is_test", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index("ix_bookings_starts_at", "bookings", ["starts_at"])
    for table in GUARDED:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_bookings_starts_at", table_name="bookings")
    with op.batch_alter_table("desk_threads") as table:
        table.drop_column("is_test")
    for name in GUARDED:
        for statement in append_only_dropped(name)[op.get_bind().dialect.name]:
            op.execute(statement)
    for name in ("challenge_events", "challenges", "quality_marks"):
        op.drop_table(name)
    for name in ("talk_counters", "talk_days", "talk_signs"):
        op.drop_table(name)
