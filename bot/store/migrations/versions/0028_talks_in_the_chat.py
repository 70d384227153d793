"""Let people sign up for talks and ask through the chat, and be told what comes of it.

Why: whoever asked hears the answer where they asked; whoever agreed hears of new talks; each thing
is told once. Locks: `meeting_signups` and `meeting_questions` for the moment of adding columns.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None
phase = "expand"

OF_CHAT = ("meeting_signups", "meeting_questions")


def upgrade() -> None:
    for name in OF_CHAT:
        op.add_column(name, sa.Column("conversation_id", sa.String(length=40)))
        op.create_index(f"ix_{name}_conversation_id", name, ["conversation_id"])
    with op.batch_alter_table("meeting_questions") as table:
        table.add_column(sa.Column("origin", sa.String(length=80)))
        table.create_unique_constraint(op.f("uq_meeting_questions_origin"), ["origin"])
    op.create_table(
        "meeting_watches",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        _conversation("meeting_watches"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_meeting_watches")),
    )
    op.create_table(
        "meeting_steps",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer()),
        _conversation("meeting_steps"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_steps_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_meeting_steps")),
    )
    op.create_table(
        "meeting_notices",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ref_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        _conversation("meeting_notices"),
        sa.PrimaryKeyConstraint(
            "kind", "ref_id", "conversation_id", name=op.f("pk_meeting_notices")
        ),
    )
    op.create_index("ix_meeting_notices_conversation_id", "meeting_notices", ["conversation_id"])


def _conversation(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_conversation_id_conversations")
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=name)


def downgrade() -> None:
    for name in ("meeting_notices", "meeting_steps", "meeting_watches"):
        op.drop_table(name)
    with op.batch_alter_table("meeting_questions") as table:
        table.drop_constraint(op.f("uq_meeting_questions_origin"), type_="unique")
        table.drop_column("origin")
    for name in OF_CHAT:
        op.drop_index(f"ix_{name}_conversation_id", table_name=name)
        with op.batch_alter_table(name) as table:
            table.drop_column("conversation_id")
