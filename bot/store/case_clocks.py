"""The repository of stored due dates; every query here reads open cases only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.case_rules import Stamp
from bot.services.cases.ports import DueCase
from bot.store.tables.casework import CASES


class CaseClockRepository:
    """Stored due dates on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_stamp(self, case_id: int, stamp: Stamp) -> None:
        """Store the due dates."""
        self._connection.execute(
            update(CASES).where(CASES.c.id == case_id).values(**stamp_values(stamp))
        )

    def take_unstamped(self, limit: int) -> Sequence[str]:
        """Return numbers of cases that have moved since their dates were stored, locked."""
        rows = self._connection.execute(
            select(CASES.c.number)
            .where(CASES.c.clock_key.is_(None))
            .order_by(CASES.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [row.number for row in rows]

    def forget_stamps(self, key: str, limit: int) -> int:
        """Let at most so many open cases be counted again whose dates have another key."""
        stale = (
            select(CASES.c.id)
            .where(CASES.c.closed_at.is_(None), CASES.c.clock_key != key)
            .order_by(CASES.c.due_on, CASES.c.id)
            .limit(limit)
        )
        result = self._connection.execute(
            update(CASES)
            .where(CASES.c.id.in_(stale))
            .values(clock_key=None)
            .execution_options(synchronize_session=False)
        )
        return int(result.rowcount)

    def to_escalate(self, today: date, limit: int) -> Sequence[DueCase]:
        """Return open cases whose next level is due on `today` or was before."""
        rows = self._connection.execute(
            select(CASES.c.id, CASES.c.number, CASES.c.due_on, CASES.c.escalation)
            .where(CASES.c.escalate_on <= today)
            .order_by(CASES.c.escalate_on, CASES.c.id)
            .limit(limit)
        )
        return [DueCase(row.id, row.number, row.due_on, row.escalation) for row in rows]

    def escalate(self, case_id: int, level: int, escalate_on: date | None) -> bool:
        """Raise a case from the level below to `level`; False when somebody else has done it.

        Of two clocks the second waits for the first and then finds another level. A case that
        moved in between has no day of escalation any more.
        """
        result = self._connection.execute(
            update(CASES)
            .where(
                CASES.c.id == case_id,
                CASES.c.escalation == level - 1,
                CASES.c.escalate_on.isnot(None),
            )
            .values(escalation=level, escalate_on=escalate_on)
        )
        return bool(result.rowcount == 1)


def stamp_values(stamp: Stamp) -> dict[str, object]:
    """Return the columns of a stamp."""
    return {
        "due_on": stamp.due_on,
        "statutory_due_on": stamp.statutory_due_on,
        "due_provisional": stamp.is_provisional,
        "yellow_on": stamp.yellow_on,
        "red_on": stamp.red_on,
        "escalate_on": stamp.escalate_on,
        "clock_key": stamp.key,
    }
