"""Conversations, their messages (the inbox is part of them) and the outbox."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.store.sealed_types import Sealed, SealedJson
from bot.store.tables.base import METADATA
from bot.store.types import JsonText, UtcDateTime

_WAITS = text("handled_at IS NULL AND next_attempt_at IS NOT NULL")

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("channel", String(20), nullable=False),
    # who this is in the channel's own world (chat id, open id); the web has none
    Column("external_id", String(120)),
    # SHA-256 of the secret of a web conversation
    Column("token_hash", String(64)),
    Column("owner", String(10), nullable=False),
    Column("agent_id", Integer),
    Column("waiting_since", UtcDateTime),
    Column("handoff_reason", String(40)),
    Column("fields", SealedJson("conversations.fields"), nullable=False),
    # the worker that serves this conversation now, and until when it may
    Column("lease_holder", String(60)),
    Column("lease_until", UtcDateTime),
    # when the applicant was last told that a part is down; told once an outage
    Column("outage_told_at", UtcDateTime),
    # since when the platform takes nothing for this person (the bot was blocked)
    Column("unreachable_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "external_id"),
    Index("ix_conversations_owner", "owner", "waiting_since"),
    Index("ix_conversations_token_hash", "token_hash"),
)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("author", String(10), nullable=False),
    Column("agent_id", Integer),
    Column("text", Sealed("messages.text"), nullable=False),
    Column("payload", Sealed("messages.payload")),
    Column("buttons", JsonText, nullable=False),
    Column("attachments", SealedJson("messages.attachments"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # the sender's own id: a payload delivered twice is one message
    Column("external_id", String(120)),
    # inbox columns, set on messages of applicants only
    Column("handled_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_attempt_at", UtcDateTime),
    Column("last_error", String(200)),
    UniqueConstraint("conversation_id", "external_id"),
    Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    Index("ix_messages_unhandled", "author", "handled_at", "next_attempt_at"),
    # in the order in which workers take them
    Index(
        "ix_messages_waiting",
        "next_attempt_at",
        "id",
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    ),
    sqlite_autoincrement=True,  # an id is never used again, so "after=<id>" stays right
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, unique=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("state", String(12), nullable=False),  # pending, delivered, failed
    Column("attempts", Integer, nullable=False, default=0),
    # pieces of a long line that the platform has taken already
    Column("parts_sent", Integer, nullable=False, default=0, server_default="0"),
    # none: held until the person does something, see channel_quotas
    Column("next_attempt_at", UtcDateTime),
    # when the person was told by other means that a held line waits
    Column("noticed_at", UtcDateTime),
    Column("delivered_at", UtcDateTime),
    Column("last_error", String(200)),
    Index("ix_deliveries_state_next_attempt_at", "state", "next_attempt_at"),
    # "is anything of this conversation still to be sent before this line"
    Index("ix_deliveries_conversation_id_id", "conversation_id", "id"),
)

CHANNEL_CURSORS = Table(
    "channel_cursors",
    METADATA,
    # one row a channel that fetches: only the holder of the lease does
    Column("channel", String(20), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("lease_holder", String(60)),
    Column("lease_until", UtcDateTime),
)
