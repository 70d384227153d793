"""Which conversations are one person's, and the codes by which they become it."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from bot.store.tables.base import METADATA
from bot.store.types import UtcDateTime

PERSON_LINKS = Table(
    "person_links",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    # made when the first two are linked; names nobody
    Column("person_id", String(32), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    Index("ix_person_links_person_id", "person_id"),
)

LINK_CODES = Table(
    "link_codes",
    METADATA,
    # one open code a conversation; a new one takes the place of the old one
    Column("conversation_id", ForeignKey("conversations.id"), primary_key=True),
    # SHA-256 of the code
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("expires_at", UtcDateTime, nullable=False),
    # who has sent the code; the conversation that showed it has yet to agree
    Column("claimed_by", ForeignKey("conversations.id")),
)
