"""The repository of bulk imports: many cases in few statements, and how far a file has come."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.domain.case_rules import Stamp
from bot.domain.cases import CaseState, is_final
from bot.services.cases.ports import ImportedCase, ImportState
from bot.store.case_clocks import stamp_values
from bot.store.cases import case_values, event_values, step_values
from bot.store.tables.casework import CASE_EVENTS, CASE_IMPORTS, CASE_STEPS, CASES
from bot.store.upserts import insert_on_conflict

STEP_COLUMNS = ("rows_done", "added", "moved", "unchanged", "failed")


class CaseImportRepository:
    """Bulk writes on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, digest: str) -> ImportState | None:
        """Return how far the file has come, None for a new one; holds its row."""
        row = self._connection.execute(
            select(CASE_IMPORTS).where(CASE_IMPORTS.c.digest == digest).with_for_update()
        ).one_or_none()
        if row is None:
            return None
        return ImportState(
            row.rows_done, row.added, row.moved, row.unchanged, row.failed, row.finished_at
        )

    def set_state(self, digest: str, state: ImportState, now: datetime) -> None:
        """Write down how far it has come."""
        values: dict[str, Any] = {name: getattr(state, name) for name in STEP_COLUMNS}
        values |= {"updated_at": now, "finished_at": state.finished_at}
        self._connection.execute(
            insert_on_conflict(self._connection, CASE_IMPORTS)
            .values(digest=digest, **values)
            .on_conflict_do_update(index_elements=[CASE_IMPORTS.c.digest], set_=values)
        )

    def known(self, numbers: Sequence[str]) -> Mapping[str, CaseState]:
        """Return the states of those of these cases that exist."""
        query = select(CASES.c.number, CASES.c.state).where(CASES.c.number.in_(list(numbers)))
        return {row.number: CaseState(row.state) for row in self._connection.execute(query)}

    def add_all(self, cases: Sequence[ImportedCase], stamps: Sequence[Stamp]) -> None:
        """Write many new cases at once, with steps and history."""
        if not cases:
            return
        rows = [_case_values(one, stamp) for one, stamp in zip(cases, stamps, strict=True)]
        self._connection.execute(insert(CASES), rows)
        numbers = [one.case.number for one in cases]
        found = self._connection.execute(
            select(CASES.c.number, CASES.c.id).where(CASES.c.number.in_(numbers))
        )
        ids = {row.number: row.id for row in found}
        steps = [r for one in cases for r in step_values(ids[one.case.number], one.case.steps)]
        events = [
            event_values(ids[one.case.number], event) for one in cases for event in one.events
        ]
        self._connection.execute(insert(CASE_STEPS), steps)
        self._connection.execute(insert(CASE_EVENTS), events)


def _case_values(one: ImportedCase, stamp: Stamp) -> dict[str, Any]:
    steps = one.case.steps
    now = next((s for s in steps if s.started_at and not s.finished_at), None)
    return {
        **case_values(one.case),
        **stamp_values(stamp),
        "state": one.state.value,
        "missing": list(one.missing),
        "holder_id": now.department_id if now else one.case.department_id,
        "closed_at": one.events[-1].at if is_final(one.state) else None,
    }
