"""Find a conversation by its secret, and the oldest message that waits, without a walk.

Why: each call of the chat page looked through all conversations for its secret's hash; a worker
that takes the next message sorted all that wait, which is slow when there are many.
Locks: `conversations` and `messages` for writers until the migration ends: 2.6 s with two million
rows in each (PostgreSQL, 27 November 2026, load 2.8 on two cores), nearly all of it for the first
index; the second one holds only what waits. Whoever cannot wait that long makes both beforehand
(docs/upgrades.md); an index that is there is left as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None
phase = "expand"

WAITS = sa.text("handled_at IS NULL AND next_attempt_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_conversations_token_hash", "conversations", ["token_hash"], if_not_exists=True
    )
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["next_attempt_at", "id"],
        if_not_exists=True,
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


def downgrade() -> None:
    op.drop_index("ix_messages_waiting", table_name="messages")
    op.drop_index("ix_conversations_token_hash", table_name="conversations")
