"""Add the tables of the work at the desk.

Why: queues by department, snoozing, offers, private notes, canned replies, saved filters, files
that agents send, and the search index. Locks: the new tables none; three columns and an index on
`handovers`, which is short.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import JsonText, UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
phase = "expand"

HISTORY = (
    ("reason", sa.String(length=200)),
    ("to_agent_id", sa.Integer()),
    ("to_department_id", sa.String(length=60)),
)
TABLES = (
    "desk_pairs",
    "desk_texts",
    "desk_files",
    "desk_filters",
    "canned_replies",
    "desk_mentions",
    "desk_notes",
    "desk_departments",
    "desk_profiles",
    "desk_threads",
)


def upgrade() -> None:
    for name, kind in HISTORY:
        op.add_column("handovers", sa.Column(name, kind, nullable=True))
    op.create_index("ix_handovers_step_at", "handovers", ["step", "at"])
    _create_work()
    _create_notes()
    _create_search()
    for statement in append_only("desk_notes")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in append_only_dropped("desk_notes")[op.get_bind().dialect.name]:
        op.execute(statement)
    for name in TABLES:
        op.drop_table(name)
    op.drop_index("ix_handovers_step_at", table_name="handovers")
    for name, _ in reversed(HISTORY):
        op.drop_column("handovers", name)


def _create_work() -> None:
    op.create_table(
        "desk_departments",
        sa.Column("department_id", sa.String(length=60), nullable=False),
        sa.Column("assignment", sa.String(length=12), nullable=False),
        sa.Column("answer_within_s", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["agents.id"], name=op.f("fk_desk_departments_changed_by")
        ),
        sa.PrimaryKeyConstraint("department_id", name=op.f("pk_desk_departments")),
    )
    op.create_table(
        "desk_profiles",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("active_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("skills", JsonText(), nullable=False),
        sa.Column("offered_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name=op.f("fk_desk_profiles_agent_id")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_desk_profiles")),
    )
    op.create_table(
        "desk_threads",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("department_id", sa.String(length=60), nullable=True),
        sa.Column("snoozed_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("snoozed_after_id", sa.Integer(), nullable=True),
        sa.Column("offered_to", sa.Integer(), nullable=True),
        sa.Column("offered_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_minutes", sa.Integer(), nullable=True),
        sa.Column("supervisor_asked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("agent_read_id", sa.Integer(), nullable=True),
        sa.Column("applicant_read_id", sa.Integer(), nullable=True),
        sa.Column("agent_typing_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("applicant_typing_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_desk_threads_conversation_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_to"], ["agents.id"], name=op.f("fk_desk_threads_offered_to")
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_desk_threads")),
    )
    op.create_index(
        "ix_desk_threads_offered_until", "desk_threads", ["offered_until"], unique=False
    )
    op.create_index(
        "ix_desk_threads_snoozed_until", "desk_threads", ["snoozed_until"], unique=False
    )


def _create_notes() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("department_id", sa.String(length=60), nullable=False),
        sa.Column("shortcut", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["agents.id"], name=op.f("fk_canned_replies_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sa.UniqueConstraint(
            "department_id", "shortcut", name=op.f("uq_canned_replies_department_id_shortcut")
        ),
    )
    op.create_table(
        "desk_files",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_desk_files_agent_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_desk_files_conversation_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_files")),
    )
    op.create_index(
        op.f("ix_desk_files_conversation_id"), "desk_files", ["conversation_id"], unique=False
    )
    op.create_table(
        "desk_filters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("query", JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_desk_filters_agent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_filters")),
        sa.UniqueConstraint("agent_id", "name", name=op.f("uq_desk_filters_agent_id_name")),
    )
    op.create_table(
        "desk_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_desk_notes_agent_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_desk_notes_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_notes")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_desk_notes_conversation_id", "desk_notes", ["conversation_id"], unique=False
    )
    op.create_table(
        "desk_mentions",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name=op.f("fk_desk_mentions_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_desk_mentions_conversation_id")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["desk_notes.id"], name=op.f("fk_desk_mentions_note_id")
        ),
        sa.PrimaryKeyConstraint("note_id", "agent_id", name=op.f("pk_desk_mentions")),
    )
    op.create_index(
        "ix_desk_mentions_agent_id", "desk_mentions", ["agent_id", "seen_at"], unique=False
    )


def _create_search() -> None:
    op.create_table(
        "desk_texts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_desk_texts_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_texts")),
        sa.UniqueConstraint(
            "kind",
            "ref_id",
            "conversation_id",
            name=op.f("uq_desk_texts_kind_ref_id_conversation_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "desk_pairs",
        sa.Column("pair", sa.String(length=2), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["desk_texts.id"], name=op.f("fk_desk_pairs_text_id")),
        sa.PrimaryKeyConstraint("pair", "text_id", name=op.f("pk_desk_pairs")),
    )
    op.create_index("ix_desk_pairs_text_id", "desk_pairs", ["text_id"], unique=False)
