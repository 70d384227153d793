"""Complete the register of cases: stored due dates, news to tell, answers to urges, imports.

Why: due dates are stored when they change, so that the sweep does not grow with closed cases; news
are written with the move they tell of; the history refuses changes. Locks: `cases` for one pass
that fills the new columns (about a second for 100,000 cases) and for the building of its indexes.
The due dates themselves are counted by the running hub afterwards.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import APPEND_ONLY, APPEND_ONLY_DROPPED
from bot.store.types import UtcDateTime

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None
phase = "contract"
safe_from = "0.1.0"

OPEN = "closed_at IS NULL"
PARTIAL = (
    ("ix_cases_open_due_on", "cases", ["due_on", "id"], OPEN),
    ("ix_cases_open_department_id", "cases", ["department_id", "due_on"], OPEN),
    ("ix_cases_open_holder_id", "cases", ["holder_id", "due_on"], OPEN),
    ("ix_cases_open_state", "cases", ["state"], OPEN),
    ("ix_cases_closed_at", "cases", ["closed_at", "id"], "closed_at IS NOT NULL"),
    ("ix_cases_escalate_on", "cases", ["escalate_on", "id"], "escalate_on IS NOT NULL"),
    ("ix_cases_unstamped", "cases", ["id"], "clock_key IS NULL"),
    ("ix_case_notices_waiting", "case_notices", ["conversation_id", "id"], "told_at IS NULL"),
    (
        "ix_case_urges_waiting",
        "case_urges",
        ["department_id", "reply_due_on"],
        "replied_at IS NULL",
    ),
)
CASE_COLUMNS = (
    ("holder_id", sa.String(length=60)),
    ("closed_at", UtcDateTime(timezone=True)),
    ("due_on", sa.Date()),
    ("statutory_due_on", sa.Date()),
    ("due_provisional", sa.Boolean()),
    ("yellow_on", sa.Date()),
    ("red_on", sa.Date()),
    ("escalate_on", sa.Date()),
    ("clock_key", sa.String(length=16)),
)
URGE_COLUMNS = (
    ("conversation_id", sa.String(length=40)),
    ("reply_due_on", sa.Date()),
    ("replied_at", UtcDateTime(timezone=True)),
    ("replied_by", sa.String(length=60)),
    ("reply", sa.Text()),
)

HOLDERS = """
UPDATE cases SET holder_id = COALESCE((SELECT s.department_id FROM case_steps s WHERE
s.case_id = cases.id AND s.started_at IS NOT NULL AND s.finished_at IS NULL
ORDER BY s.position LIMIT 1), department_id),
closed_at = (SELECT MIN(e.at) FROM case_events e WHERE e.case_id = cases.id AND
e."to" IN ('completed', 'refused', 'returned', 'withdrawn'))
"""

UNTOLD = """
INSERT INTO case_notices (case_id, conversation_id, event_id, created_at)
SELECT a.case_id, a.conversation_id, e.id, e.at FROM case_access a
JOIN case_events e ON e.case_id = a.case_id
WHERE a.followed_at IS NOT NULL AND e.id > a.told_event_id AND e.kind = 'moved' ORDER BY e.id
"""


def upgrade() -> None:
    for name, kind in CASE_COLUMNS:
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    op.add_column(
        "cases", sa.Column("escalation", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute(HOLDERS)
    op.create_index("ix_cases_phone", "cases", ["phone"])
    op.drop_index("ix_case_urges_department_id", table_name="case_urges")
    op.drop_column("case_urges", "read_at")
    for name, kind in URGE_COLUMNS:
        op.add_column("case_urges", sa.Column(name, kind, nullable=True))
    _create_tables()
    op.execute(UNTOLD)
    op.drop_column("case_access", "told_event_id")
    for name, table, columns, where in PARTIAL:
        condition = sa.text(where)
        op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _create_tables() -> None:
    op.create_table(
        "case_notices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("digest_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notices_case_id")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["case_events.id"], name=op.f("fk_case_notices_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notices")),
        sa.UniqueConstraint(
            "conversation_id", "event_id", name=op.f("uq_case_notices_conversation_id_event_id")
        ),
    )
    op.create_index(
        "ix_case_notices_conversation_id_told_at", "case_notices", ["conversation_id", "told_at"]
    )
    op.create_table(
        "case_imports",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_case_imports")),
    )


def downgrade() -> None:
    for statement in APPEND_ONLY_DROPPED[op.get_bind().dialect.name]:
        op.execute(statement)
    for name, table, _, _ in PARTIAL:
        op.drop_index(name, table_name=table)
    op.add_column("case_access", sa.Column("told_event_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE case_access SET told_event_id = (SELECT COALESCE(MAX(e.id), 0) FROM case_events e "
        "WHERE e.case_id = case_access.case_id) WHERE followed_at IS NOT NULL"
    )
    op.drop_table("case_imports")
    op.drop_table("case_notices")
    for name, _ in URGE_COLUMNS:
        op.drop_column("case_urges", name)
    op.add_column("case_urges", sa.Column("read_at", UtcDateTime(timezone=True), nullable=True))
    op.create_index("ix_case_urges_department_id", "case_urges", ["department_id", "read_at"])
    op.drop_index("ix_cases_phone", table_name="cases")
    op.drop_column("cases", "escalation")
    for name, _ in CASE_COLUMNS:
        op.drop_column("cases", name)
