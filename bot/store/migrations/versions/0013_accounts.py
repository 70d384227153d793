"""Add the second factor, sessions in more detail, a city's own sign-in and the sealed audit log.

Why: the audit log has to show tampering; sign-in needs a second factor and the city's own accounts.
Locks: `agents`, `desk_sessions` and `audit_entries` for a moment, as columns are added; the entries
that are there are read once and their digest becomes the beginning of the chain.
"""

import sqlalchemy as sa
from alembic import op

from bot.domain.audit import AuditEntry
from bot.domain.audit_chain import digest_before
from bot.store.tables.triggers import append_only, append_only_dropped
from bot.store.types import JsonText, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
phase = "contract"
safe_from = "0.1.0"

BOOLEAN = sa.Boolean(create_constraint=False)


def upgrade() -> None:
    _add_sign_in()
    _seal_the_audit_log()
    _add_fact_checks()


def _add_sign_in() -> None:
    op.add_column(
        "agents",
        sa.Column("must_change_password", BOOLEAN, nullable=False, server_default=sa.false()),
    )
    for column in (
        sa.Column("is_code_due", BOOLEAN, nullable=False, server_default=sa.false()),
        sa.Column("device", sa.String(80), nullable=False, server_default=""),
        sa.Column("way", sa.String(10), nullable=False, server_default="password"),
    ):
        op.add_column("desk_sessions", column)
    agent = sa.ForeignKeyConstraint
    op.create_table(
        "second_factors",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(300), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True)),
        sa.Column("last_step", sa.Integer(), nullable=False),
        agent(["agent_id"], ["agents.id"], name=op.f("fk_second_factors_agent_id_agents")),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True)),
        agent(["agent_id"], ["agents.id"], name=op.f("fk_recovery_codes_agent_id_agents")),
        sa.PrimaryKeyConstraint("agent_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "city_identities",
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        agent(["agent_id"], ["agents.id"], name=op.f("fk_city_identities_agent_id_agents")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_city_identities")),
    )
    op.create_index("ix_city_identities_agent_id", "city_identities", ["agent_id"])
    op.create_table(
        "city_logins",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("state", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_city_logins")),
    )
    op.create_index("ix_city_logins_created_at", "city_logins", ["created_at"])


def _seal_the_audit_log() -> None:
    op.add_column("audit_entries", sa.Column("detail", sa.String(300)))
    op.add_column("audit_entries", sa.Column("seq", sa.Integer()))
    op.add_column("audit_entries", sa.Column("seal", sa.String(64)))
    op.add_column("audit_entries", sa.Column("key_id", sa.String(8)))
    op.create_index("ix_audit_entries_seq", "audit_entries", ["seq"], unique=True)
    op.create_index("ix_audit_entries_action_id", "audit_entries", ["action", "id"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    entries = sa.table(
        "audit_entries",
        sa.column("id", sa.Integer()),
        sa.column("at", UtcDateTime(timezone=True)),
        sa.column("agent_id", sa.Integer()),
        sa.column("action", sa.String()),
        sa.column("subject", sa.String()),
    )
    rows = op.get_bind().execute(sa.select(entries).order_by(entries.c.id))
    before = digest_before(
        AuditEntry(row.at, row.agent_id, row.action, row.subject) for row in rows
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "seal": before, "before": before}])
    for statement in append_only("audit_entries")[op.get_bind().dialect.name]:
        op.execute(statement)


def _add_fact_checks() -> None:
    op.create_table(
        "fact_checks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("entry_id", sa.String(80), nullable=False),
        sa.Column("fact", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("result", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_checks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fact_checks_at", "fact_checks", ["at"])
    for statement in append_only("fact_checks")[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("fact_checks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION fact_checks_append_only()")
    for statement in append_only_dropped("audit_entries")[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("audit_head")
    for index in ("ix_audit_entries_action_id", "ix_audit_entries_seq"):
        op.drop_index(index, table_name="audit_entries")
    for name in ("key_id", "seal", "seq", "detail"):
        op.drop_column("audit_entries", name)
    op.drop_index("ix_city_logins_created_at", table_name="city_logins")
    op.drop_table("city_logins")
    op.drop_index("ix_city_identities_agent_id", table_name="city_identities")
    op.drop_table("city_identities")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    for name in ("way", "device", "is_code_due"):
        op.drop_column("desk_sessions", name)
    op.drop_column("agents", "must_change_password")
