"""Seal personal data that is in the database, and find telephone numbers by a keyed hash.

Why: a copy of the database, a backup or a stolen disk tells nothing about persons without the key.
Telephone numbers of bookings and cases get a keyed hash beside them, because equal ones have to be
found; the search index of the desk holds keyed hashes of pairs of signs and is built anew. Locks:
every table below is rewritten in one transaction, some 10,000 rows a second; stop the hub for it.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.desk_search import pairs_of
from bot.store.resealing import SealedTable, rewrite
from bot.store.sealed_types import KeyedHash, keys_of

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
phase = "contract"
safe_from = "0.1.0"

TEXTS = {
    ("messages", "id"): ("text", "payload", "attachments"),
    ("conversations", "id"): ("fields",),
    ("bookings", "id"): ("contact_name", "contact_phone", "note"),
    ("booking_waits", "id"): ("contact_name", "contact_phone"),
    ("cases", "id"): ("phone", "credential"),
    ("tickets", "id"): ("contact_phone", "description"),
    ("feedback", "id"): ("text", "contact_phone"),
    ("applications", "case_id"): ("form_values",),
    ("plan_forms", "plan_id"): ("answers",),
    ("plan_lives", "plan_id"): ("phone_tail",),
    ("platform_asks", "id"): ("proof",),
    ("handover_fields", "id"): ("value",),
    ("desk_notes", "id"): ("text",),
    ("desk_texts", "id"): ("text",),
    ("misunderstood", "id"): ("text",),
    ("challenges", "id"): ("said",),
    ("reviews", "id"): ("comment",),
    ("ticket_files", "id"): ("name",),
    ("helpers", "agent_id"): ("phone",),
    ("case_events", "id"): ("reason",),
    ("ticket_events", "id"): ("reason",),
    ("feedback_events", "id"): ("reason",),
    ("paper_requests", "id"): ("reason",),
    ("plan_notices", "id"): ("text",),
    ("challenge_events", "id"): ("text",),
    ("chat_files", "id"): ("name",),
    ("desk_files", "token_hash"): ("name",),
    ("signatures", "id"): ("signer",),
}
FILES = {
    ("chat_files", "id"): "content",
    ("desk_files", "token_hash"): "content",
    ("file_contents", "digest"): "content",
    ("signatures", "id"): "image",
    ("issued_documents", "number"): "content",
}
LENGTHS = {
    ("bookings", "contact_name"): 40,
    ("bookings", "contact_phone"): 20,
    ("booking_waits", "contact_name"): 40,
    ("booking_waits", "contact_phone"): 20,
    ("cases", "phone"): 20,
    ("cases", "credential"): 20,
    ("tickets", "contact_phone"): 20,
    ("feedback", "contact_phone"): 20,
    ("plan_lives", "phone_tail"): 4,
    ("platform_asks", "proof"): 20,
    ("ticket_files", "name"): 120,
    ("helpers", "phone"): 40,
    ("chat_files", "name"): 120,
    ("desk_files", "name"): 120,
    ("signatures", "signer"): 80,
}
"""SQLite never minded these; PostgreSQL needs room for what is sealed."""

HASHED = {"bookings": "contact_phone", "cases": "phone"}
PAIR_LENGTH = 11
OPEN = sa.text("state IN ('booked', 'changed')")


def upgrade() -> None:
    bind = op.get_bind()
    _drop_indexes("contact_phone", "phone")
    for table, plain in HASHED.items():
        kind = KeyedHash(f"{table}.{plain}")
        op.add_column(table, sa.Column("phone_hash", kind, nullable=False, server_default=""))
        _fill_hash(bind, table, plain)
    if bind.dialect.name == "postgresql":
        for (table, name), length in LENGTHS.items():
            op.alter_column(table, name, type_=sa.Text(), existing_type=sa.String(length))
    _make_indexes("phone_hash", "phone_hash")
    _renew_pairs(bind, KeyedHash("desk_pairs.pair", PAIR_LENGTH))
    _rewrite(bind, "seal")


def downgrade() -> None:
    bind = op.get_bind()
    _rewrite(bind, "open")
    if bind.dialect.name == "postgresql":
        for (table, name), length in LENGTHS.items():
            op.alter_column(table, name, type_=sa.String(length), existing_type=sa.Text())
    _renew_pairs(bind, sa.String(2))
    _drop_indexes("phone_hash", "phone_hash")
    for table in HASHED:
        op.drop_column(table, "phone_hash")
    _make_indexes("contact_phone", "phone")


def _rewrite(bind: sa.engine.Connection, what: str) -> None:
    def text(value: str, place: str) -> str:
        return getattr(keys_of(bind.dialect), what)(value, place)

    def content(value: bytes, place: str) -> bytes:
        return getattr(keys_of(bind.dialect), f"{what}_bytes")(value, place)

    for (table, key), names in TEXTS.items():
        rewrite(bind, SealedTable(table, key, dict.fromkeys(names, False)), text)
    for (table, key), name in FILES.items():
        rewrite(bind, SealedTable(table, key, {name: True}), content)


def _drop_indexes(booking: str, case: str) -> None:
    op.drop_index("uq_bookings_open_phone_time", table_name="bookings")
    op.drop_index(f"ix_bookings_{booking}_state", table_name="bookings")
    op.drop_index(f"ix_cases_{case}", table_name="cases")


def _make_indexes(booking: str, case: str) -> None:
    op.create_index(
        "uq_bookings_open_phone_time",
        "bookings",
        [booking, "starts_at"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(f"ix_bookings_{booking}_state", "bookings", [booking, "state"])
    op.create_index(f"ix_cases_{case}", "cases", [case])


def _fill_hash(bind: sa.engine.Connection, table: str, plain: str) -> None:
    own = sa.table(
        table,
        sa.column("id"),
        sa.column(plain, sa.Text()),
        sa.column("phone_hash", KeyedHash(f"{table}.{plain}")),
    )
    statement = (
        sa.update(own)
        .where(own.c[plain] == sa.bindparam("number"))
        .values(phone_hash=sa.bindparam("hashed", type_=own.c.phone_hash.type))
    )
    op.create_index(f"ix_{table}_plain", table, [plain])
    known = bind.execute(sa.select(own.c[plain]).where(own.c[plain] != "").distinct())
    numbers = [{"number": row[0], "hashed": row[0]} for row in known]
    if numbers:
        bind.execute(statement, numbers)
    op.drop_index(f"ix_{table}_plain", table_name=table)


def _renew_pairs(bind: sa.engine.Connection, kind: sa.types.TypeEngine) -> None:
    """Build the search index anew from texts that are not sealed at this point."""
    op.drop_table("desk_pairs")
    pairs = op.create_table(
        "desk_pairs",
        sa.Column("pair", kind, nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["desk_texts.id"], name=op.f("fk_desk_pairs_text_id")),
        sa.PrimaryKeyConstraint("pair", "text_id", name=op.f("pk_desk_pairs")),
    )
    op.create_index("ix_desk_pairs_text_id", "desk_pairs", ["text_id"])
    texts = sa.table("desk_texts", sa.column("id"), sa.column("text", sa.Text()))
    last = 0
    while True:
        query = sa.select(texts).where(texts.c.id > last).order_by(texts.c.id).limit(500)
        rows = bind.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        found = [{"pair": one, "text_id": row.id} for row in rows for one in pairs_of(row.text)]
        if found:
            bind.execute(pairs.insert(), found)
