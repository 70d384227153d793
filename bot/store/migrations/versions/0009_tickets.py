"""Complete the whistle tickets: clocks, news, files, links, and the operator's saved rules.

Why: due times are stored for each clock, so that the sweep reads those that are due and no others;
the history refuses changes. Locks: `tickets` and `ticket_events` for adding columns and indexes
(short). The clocks of open tickets are counted by the running hub afterwards.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import JsonText, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
phase = "contract"
safe_from = "0.1.0"

OPEN = "closed_at IS NULL"
TIME = UtcDateTime(timezone=True)
TICKET_COLUMNS = (
    ("closed_at", TIME, {}),
    ("due_at", TIME, {}),
    ("due_kind", sa.String(length=16), {}),
    ("due_provisional", sa.Boolean(), {}),
    ("yellow_at", TIME, {}),
    ("escalation", sa.Integer(), {"nullable": False, "server_default": "0"}),
    ("round", sa.Integer(), {"nullable": False, "server_default": "0"}),
    ("business_key", sa.String(length=200), {"nullable": False, "server_default": ""}),
    ("clock_key", sa.String(length=16), {}),
)
EVENT_COLUMNS = (
    ("department_id", sa.String(length=60), {}),
    ("days", sa.Integer(), {}),
    ("clock", sa.String(length=16), {}),
    ("origin", sa.String(length=200), {}),
)
PARTIAL = (
    ("ix_tickets_open_due_at", "tickets", ["due_at", "id"], OPEN),
    ("ix_tickets_open_business_key", "tickets", ["business_key"], OPEN),
    ("ix_tickets_open_state", "tickets", ["state"], OPEN),
    ("ix_tickets_open_clock_key", "tickets", ["clock_key", "id"], OPEN),
    ("ix_tickets_closed_at", "tickets", ["closed_at", "id"], "closed_at IS NOT NULL"),
    ("ix_ticket_clocks_next_at", "ticket_clocks", ["next_at", "id"], "next_at IS NOT NULL"),
    (
        "ix_ticket_notices_waiting",
        "ticket_notices",
        ["conversation_id", "id"],
        "told_at IS NULL",
    ),
)
TABLES = (
    "whistle_settings",
    "ticket_links",
    "ticket_files",
    "file_contents",
    "ticket_notices",
    "ticket_followers",
    "ticket_clocks",
)
GUARDED = ("ticket_events", "whistle_settings")

CLOSED = """
UPDATE tickets SET closed_at = (SELECT MIN(e.at) FROM ticket_events e
WHERE e.ticket_id = tickets.id AND e."to" = 'closed')
"""
REPORTED = """
UPDATE ticket_departments SET state = 'reported_in' WHERE reported_in_at IS NOT NULL
"""
FOLLOWERS = """
INSERT INTO ticket_followers (ticket_id, conversation_id, since)
SELECT id, conversation_id, opened_at FROM tickets
"""


def upgrade() -> None:
    for name, kind, more in TICKET_COLUMNS:
        op.add_column("tickets", sa.Column(name, kind, **more))
    for name, kind, more in EVENT_COLUMNS:
        op.add_column("ticket_events", sa.Column(name, kind, **more))
    op.create_index("ix_ticket_events_origin", "ticket_events", ["origin"], unique=True)
    op.add_column(
        "ticket_departments",
        sa.Column("state", sa.String(length=12), nullable=False, server_default="given"),
    )
    op.create_index("ix_ticket_departments_department_id", "ticket_departments", ["department_id"])
    op.execute(CLOSED)
    op.execute(REPORTED)
    _create_clocks()
    _create_readers()
    _create_files()
    op.create_table(
        "whistle_settings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("saved_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistle_settings")),
    )
    op.execute(FOLLOWERS)
    for name, table, columns, where in PARTIAL:
        condition = sa.text(where)
        op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
    for table in GUARDED:
        for statement in append_only(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def _of_ticket(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["ticket_id"], ["tickets.id"], name=op.f(f"fk_{table}_ticket_id")
    )


def _create_clocks() -> None:
    op.create_table(
        "ticket_clocks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("department_id", sa.String(length=60), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("warn_at", TIME, nullable=True),
        sa.Column("raise_at", TIME, nullable=True),
        sa.Column("met_at", TIME, nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("next_at", TIME, nullable=True),
        _of_ticket("ticket_clocks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_clocks")),
        sa.UniqueConstraint(
            "ticket_id",
            "kind",
            "department_id",
            name=op.f("uq_ticket_clocks_ticket_id_kind_department_id"),
        ),
    )


def _create_readers() -> None:
    op.create_table(
        "ticket_followers",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("since", TIME, nullable=False),
        _of_ticket("ticket_followers"),
        sa.PrimaryKeyConstraint("ticket_id", "conversation_id", name=op.f("pk_ticket_followers")),
    )
    op.create_index("ix_ticket_followers_conversation_id", "ticket_followers", ["conversation_id"])
    op.create_table(
        "ticket_notices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("told_at", TIME, nullable=True),
        _of_ticket("ticket_notices"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["ticket_events.id"], name=op.f("fk_ticket_notices_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_notices")),
        sa.UniqueConstraint(
            "conversation_id", "event_id", name=op.f("uq_ticket_notices_conversation_id_event_id")
        ),
    )


def _create_files() -> None:
    op.create_table(
        "file_contents",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_file_contents")),
    )
    op.create_table(
        "ticket_files",
        "file_contents",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        _of_ticket("ticket_files"),
        sa.ForeignKeyConstraint(
            ["digest"], ["file_contents.digest"], name=op.f("fk_ticket_files_digest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_files")),
        sa.UniqueConstraint("ticket_id", "digest", name=op.f("uq_ticket_files_ticket_id_digest")),
    )
    op.create_table(
        "ticket_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        _of_ticket("ticket_links"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_ticket_links")),
    )
    op.create_index("ix_ticket_links_ticket_id", "ticket_links", ["ticket_id"])


def downgrade() -> None:
    for table in GUARDED:
        for statement in append_only_dropped(table)[op.get_bind().dialect.name]:
            op.execute(statement)
    for name, table, _, _ in PARTIAL:
        op.drop_index(name, table_name=table)
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_ticket_departments_department_id", table_name="ticket_departments")
    op.drop_column("ticket_departments", "state")
    op.drop_index("ix_ticket_events_origin", table_name="ticket_events")
    for name, _, _ in EVENT_COLUMNS:
        op.drop_column("ticket_events", name)
    for name, _, _ in TICKET_COLUMNS:
        op.drop_column("tickets", name)
