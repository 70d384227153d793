"""The repository of the counts behind the open statistics."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.domain.open_data import Count
from bot.store.inserts import insert_if_absent
from bot.store.tables.openness import OPEN_COUNTS, OPEN_MONTHS

C = OPEN_COUNTS.c


class OpenCountRepository:
    """Counts on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counted(self, first: date, last: date) -> frozenset[date]:
        """Return which months of [first, last] have been counted."""
        query = select(OPEN_MONTHS.c.month).where(OPEN_MONTHS.c.month.between(first, last))
        return frozenset(self._connection.execute(query).scalars())

    def add_month(self, month: date, counts: Sequence[Count], *, now: datetime) -> bool:
        """Write the counts of a month; False when it has been counted before."""
        if not insert_if_absent(self._connection, OPEN_MONTHS, {"month": month, "counted_at": now}):
            return False
        rows = [{**vars(one), "month": month} for one in counts]
        if rows:
            self._connection.execute(insert(OPEN_COUNTS), rows)
        return True

    def totals(self, first: date, last: date) -> Sequence[Count]:
        """Return the sums of [first, last]: whole, parts (`month` ""), and months."""
        parts = self._connection.execute(parts_query(first, last))
        found = [Count(row[0], "", *row[1:]) for row in parts]
        months = self._connection.execute(months_query(first, last))
        return found + [Count(what, f"{month:%Y-%m}", "", "", n) for what, month, n in months]


def parts_query(first: date, last: date) -> Select:
    """Return the sums of a window: one pass over its rows, which do not grow with the events."""
    sums: tuple[Any, ...] = (func.sum(C.n), func.sum(C.due), func.sum(C.kept))
    keys = (C.what, C.dimension, C.key)
    return select(*keys, *sums).where(C.month.between(first, last)).group_by(*keys)


def months_query(first: date, last: date) -> Select:
    """Return the whole of each month."""
    return select(C.what, C.month, C.n).where(C.month.between(first, last), C.dimension == "")
