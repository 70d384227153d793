"""The repository of frozen matters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.freezes import Freeze
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.applications import MATTER_FREEZES

_STANDING = often(  # each answer about a matter asks
    select(MATTER_FREEZES)
    .where(MATTER_FREEZES.c.lifted_at.is_(None))
    .order_by(MATTER_FREEZES.c.id.desc())
)


class FreezeRepository:
    """Frozen matters on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self) -> Sequence[Freeze]:
        """Return the freezes that nobody has lifted, newest first; some may have run out."""
        return [_freeze(row) for row in rows_of(self._connection, _STANDING, {})]

    def history(self, limit: int) -> Sequence[Freeze]:
        """Return the latest freezes, lifted ones as well."""
        query = select(MATTER_FREEZES).order_by(MATTER_FREEZES.c.id.desc()).limit(limit)
        return [_freeze(row) for row in self._connection.execute(query)]

    def add(self, freeze: Freeze) -> None:
        """Write a freeze; its id is given by the store."""
        self._connection.execute(
            insert(MATTER_FREEZES).values(
                matter_id=freeze.matter_id,
                reason=freeze.reason,
                until=freeze.until,
                frozen_at=freeze.frozen_at,
                frozen_by=freeze.frozen_by,
            )
        )

    def lift(self, matter_id: str, *, by: str, now: datetime) -> bool:
        """Lift every standing freeze of a matter; tells whether there was one."""
        result = self._connection.execute(
            update(MATTER_FREEZES)
            .where(MATTER_FREEZES.c.matter_id == matter_id, MATTER_FREEZES.c.lifted_at.is_(None))
            .values(lifted_at=now, lifted_by=by)
        )
        return bool(result.rowcount)


def _freeze(row: Any) -> Freeze:
    return Freeze(
        id=row.id,
        matter_id=row.matter_id,
        reason=row.reason,
        until=row.until,
        frozen_at=row.frozen_at,
        frozen_by=row.frozen_by,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
    )
