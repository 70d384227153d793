"""Add the history of publications, inspections, and talks with business.

Why: what was public, why it went, and what was seen later stays on record, and nobody can change
it; third parties draw samples and report findings; talks are announced and answered. Locks: none
but on the new tables.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None
phase = "expand"

GUARDED = ("publication_events",)


def _publications() -> None:
    op.create_table(
        "publication_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.id"],
            name=op.f("fk_publication_events_feedback_id_feedback"),
        ),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agents.id"], name=op.f("fk_publication_events_agent_id_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_events")),
    )
    op.create_index(
        "ix_publication_events_feedback_id_id", "publication_events", ["feedback_id", "id"]
    )


def _inspections() -> None:
    op.create_table(
        "inspection_samples",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["agents.id"], name=op.f("fk_inspection_samples_made_by_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_samples")),
    )
    op.create_table(
        "inspection_cases",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["inspection_samples.id"],
            name=op.f("fk_inspection_cases_sample_id_inspection_samples"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_inspection_cases_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("sample_id", "position", name=op.f("pk_inspection_cases")),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("sample_id", sa.Integer()),
        sa.Column("position", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("answered_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["inspection_samples.id"],
            name=op.f("fk_findings_sample_id_inspection_samples"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["agents.id"], name=op.f("fk_findings_made_by_agents")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["agents.id"], name=op.f("fk_findings_answered_by_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_state_due_on", "findings", ["state", "due_on"])


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True)),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("cancelled", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["agents.id"], name=op.f("fk_meetings_made_by_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index("ix_meetings_closes_on", "meetings", ["closes_on"])
    op.create_table(
        "meeting_signups",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.String(length=22), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_signups_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_signups")),
        sa.UniqueConstraint(
            "meeting_id", "phone_hash", name=op.f("uq_meeting_signups_meeting_id_phone_hash")
        ),
    )
    op.create_table(
        "meeting_answers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_answers_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["agents.id"], name=op.f("fk_meeting_answers_made_by_agents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_answers")),
    )
    op.create_index("ix_meeting_answers_meeting_id", "meeting_answers", ["meeting_id"])
    op.create_table(
        "meeting_questions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_questions_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["meeting_answers.id"],
            name=op.f("fk_meeting_questions_answer_id_meeting_answers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_questions")),
    )
    op.create_index("ix_meeting_questions_meeting_id_id", "meeting_questions", ["meeting_id", "id"])


def upgrade() -> None:
    _publications()
    _inspections()
    _meetings()
    for table in GUARDED:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for name in ("meeting_questions", "meeting_answers", "meeting_signups", "meetings"):
        op.drop_table(name)
    for name in ("findings", "inspection_cases", "inspection_samples"):
        op.drop_table(name)
    for name in GUARDED:
        for statement in append_only_dropped(name)[op.get_bind().dialect.name]:
            op.execute(statement)
        op.drop_table(name)
