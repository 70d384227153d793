"""The repository of checks of the catalogue's facts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.domain.fact_checks import CheckResult, FactCheck, FactKey
from bot.store.tables.facts import FACT_CHECKS


class FactCheckRepository:
    """Checks on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, check: FactCheck) -> None:
        """Write a check."""
        values = {
            **vars(check.key),
            "result": check.result.value,
            "note": check.note,
            "at": check.at,
            "by": check.by,
        }
        self._connection.execute(insert(FACT_CHECKS).values(values))

    def since(self, moment: datetime) -> Sequence[FactCheck]:
        """Return the checks made at or after `moment`, in the order they were made."""
        query = select(FACT_CHECKS).where(FACT_CHECKS.c.at >= moment).order_by(FACT_CHECKS.c.id)
        return [
            FactCheck(
                key=FactKey(row.kind, row.entry_id, row.fact, row.detail),
                result=CheckResult(row.result),
                note=row.note,
                at=row.at,
                by=row.by,
            )
            for row in self._connection.execute(query)
        ]
