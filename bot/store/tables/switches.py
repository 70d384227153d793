"""Changes of switches; the newest line of a name says how it stands."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from bot.store.tables.base import METADATA
from bot.store.tables.triggers import guard
from bot.store.types import UtcDateTime

SWITCH_CHANGES = Table(
    "switch_changes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(40), nullable=False),
    # the how-manieth change of this name: two who change it at once do not both succeed
    Column("position", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("changed_by", String(60), nullable=False),
    Index("uq_switch_changes_name_position", "name", "position", unique=True),
    sqlite_autoincrement=True,
)

guard(SWITCH_CHANGES)
