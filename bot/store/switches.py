"""The repository of switches."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.domain.switches import SwitchChange
from bot.store.inserts import insert_if_absent
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.switches import SWITCH_CHANGES

C = SWITCH_CHANGES.c
_NEWEST = select(C.name, func.max(C.position).label("position")).group_by(C.name).subquery()
OFF = (  # built once: each message asks
    select(SWITCH_CHANGES)
    .join(_NEWEST, (C.name == _NEWEST.c.name) & (C.position == _NEWEST.c.position))
    .where(C.is_on.is_(False))
)
_OFF = often(OFF)


class SwitchRepository:
    """Switches on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def off(self) -> Mapping[str, SwitchChange]:
        """Return the switches that are off now, by name."""
        return {row.name: change_of(row) for row in rows_of(self._connection, _OFF, {})}

    def history(self, limit: int) -> Sequence[SwitchChange]:
        """Return the latest changes, newest first."""
        query = select(SWITCH_CHANGES).order_by(C.id.desc()).limit(limit)
        return [change_of(row) for row in self._connection.execute(query)]

    def add(self, change: SwitchChange) -> bool:
        """Write a change; False when the switch stands that way already.

        Of two who change it at once the second finds its position taken.
        """
        query = (
            select(C.position, C.is_on)
            .where(C.name == change.name)
            .order_by(C.position.desc())
            .limit(1)
        )
        last = self._connection.execute(query).one_or_none()
        if (last.is_on if last else True) is change.is_on:
            return False
        values = {
            "name": change.name,
            "position": last.position + 1 if last else 1,
            "is_on": change.is_on,
            "reason": change.reason,
            "at": change.at,
            "changed_by": change.by,
        }
        return insert_if_absent(self._connection, SWITCH_CHANGES, values)


def change_of(row: Any) -> SwitchChange:
    """Return the change in a row of `SWITCH_CHANGES`."""
    return SwitchChange(row.name, row.is_on, row.reason, row.at, row.changed_by)
