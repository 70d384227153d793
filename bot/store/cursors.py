"""The repository of cursors: where the fetching of a platform's news stands."""

from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.engine import Connection

from bot.store.inserts import insert_if_absent
from bot.store.tables.conversations import CHANNEL_CURSORS


class CursorRepository:
    """Cursors on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, channel: str, *, lease: str, now: datetime, until: datetime) -> int | None:
        """Take or keep the lease; returns the position, None while another holds it."""
        columns = CHANNEL_CURSORS.c
        insert_if_absent(self._connection, CHANNEL_CURSORS, {"channel": channel, "position": 0})
        is_free = or_(columns.lease_until.is_(None), columns.lease_until <= now)
        taken = self._connection.execute(
            update(CHANNEL_CURSORS)
            .where(and_(columns.channel == channel, or_(is_free, columns.lease_holder == lease)))
            .values(lease_holder=lease, lease_until=until)
        )
        if taken.rowcount != 1:
            return None
        query = select(columns.position).where(columns.channel == channel)
        return int(self._connection.execute(query).scalar_one())

    def advance(self, channel: str, *, lease: str, position: int) -> bool:
        """Note what has been stored; False when the lease is lost."""
        columns = CHANNEL_CURSORS.c
        moved = self._connection.execute(
            update(CHANNEL_CURSORS)
            .where(columns.channel == channel, columns.lease_holder == lease)
            .values(position=position)
        )
        return moved.rowcount == 1

    def release(self, channel: str, *, lease: str) -> None:
        """Give the lease back."""
        columns = CHANNEL_CURSORS.c
        self._connection.execute(
            update(CHANNEL_CURSORS)
            .where(columns.channel == channel, columns.lease_holder == lease)
            .values(lease_holder=None, lease_until=None)
        )
