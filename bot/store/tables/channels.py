"""What messaging platforms make us keep: tokens, quotas, places in their news."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

CHANNEL_QUOTAS = Table(
    "channel_quotas",
    METADATA,
    # how many messages may still be sent before the person does something, and until when
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    Column("lines_left", Integer, nullable=False),
    Column("open_until", UtcDateTime),
    # what the person did last: a callback that comes twice counts once
    Column("event_id", String(120)),
)

CHANNEL_TOKENS = Table(
    "channel_tokens",
    METADATA,
    # access tokens, encrypted, shared by all hubs: one fetches, the others read
    Column("name", String(120), primary_key=True),
    Column("sealed", Text),
    Column("expires_at", UtcDateTime),
    # grows with each token, so that two who saw the same old one fetch once
    Column("version", Integer, nullable=False),
    Column("claimed_until", UtcDateTime),
)

KF_ACCOUNTS = Table(
    "kf_accounts",
    METADATA,
    # one row an account of 微信客服: its news are fetched from the cursor on
    Column("open_kfid", String(64), primary_key=True),
    Column("cursor", String(80), nullable=False),
    # what the last callback gave to fetch with, good for ten minutes
    Column("token", String(140), nullable=False),
    Column("token_until", UtcDateTime),
    # callbacks that came, and how many of them are known to be fetched
    Column("rung", Integer, nullable=False),
    Column("fetched", Integer, nullable=False),
    Column("try_at", UtcDateTime),
    Column("lease_holder", String(60)),
    Column("lease_until", UtcDateTime),
)
