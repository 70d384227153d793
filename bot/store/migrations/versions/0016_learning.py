"""Add what was not understood, decisions about it, models in use and work in the background.

Why: people teach the bot by what it did not understand, and change its model without a pause.
Locks: none, the tables are new.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import JsonText, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
phase = "expand"

HISTORY = "lesson_events"


def upgrade() -> None:
    _create_lessons()
    _create_models()
    for statement in append_only(HISTORY)[op.get_bind().dialect.name]:
        op.execute(statement)


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _create_lessons() -> None:
    op.create_table(
        "lessons",
        _id(),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("examples", JsonText(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        _foreign("lessons", "proposed_by", "agents"),
        _foreign("lessons", "decided_by", "agents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
    )
    op.create_index("ix_lessons_state_id", "lessons", ["state", "id"])
    op.create_table(
        HISTORY,
        _id(),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _foreign(HISTORY, "lesson_id", "lessons"),
        _foreign(HISTORY, "agent_id", "agents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_events")),
    )
    op.create_index("ix_lesson_events_lesson_id_id", HISTORY, ["lesson_id", "id"])
    op.create_table(
        "misunderstood",
        _id(),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("candidates", JsonText(), nullable=False),
        sa.Column("chosen", sa.String(length=120), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        _foreign("misunderstood", "lesson_id", "lessons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misunderstood")),
        sa.UniqueConstraint("message_id", name=op.f("uq_misunderstood_message_id")),
    )
    op.create_index("ix_misunderstood_lesson_id_id", "misunderstood", ["lesson_id", "id"])
    op.create_index("ix_misunderstood_expires_at", "misunderstood", ["expires_at"])


def _create_models() -> None:
    op.create_table(
        "learning_jobs",
        _id(),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("wish", JsonText(), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("result", JsonText(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        _foreign("learning_jobs", "by", "agents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_jobs")),
    )
    op.create_index("ix_learning_jobs_state_id", "learning_jobs", ["state", "id"])
    op.create_table(
        "model_choices",
        _id(),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("base", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("active_at", UtcDateTime(timezone=True), nullable=True),
        _foreign("model_choices", "by", "agents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_choices")),
    )
    op.create_index("ix_model_choices_state_id", "model_choices", ["state", "id"])
    op.create_table(
        "rasa_serving",
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        _foreign("rasa_serving", "choice_id", "model_choices"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_rasa_serving")),
    )


def downgrade() -> None:
    for statement in append_only_dropped(HISTORY)[op.get_bind().dialect.name]:
        op.execute(statement)
    for table in (
        "rasa_serving",
        "model_choices",
        "learning_jobs",
        "misunderstood",
        HISTORY,
        "lessons",
    ):
        op.drop_table(table)
