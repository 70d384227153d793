"""Add the history of publications, and inspections.

Why: what was public, why it went, and what was seen later stays on record, and nobody can change
it; third parties draw samples and report findings. Locks: none but on the new tables.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    _publications()
    _inspections()
    for table in GUARDED:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    for name in ("findings", "inspection_cases", "inspection_samples"):
        op.drop_table(name)
    for name in GUARDED:
        for statement in append_only_dropped(name)[op.get_bind().dialect.name]:
            op.execute(statement)
        op.drop_table(name)
