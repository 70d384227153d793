"""The repository of urges: notes of applicants for departments, and the answers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.domain.case_watch import Urge
from bot.services.cases.ports import DueUrge
from bot.store.inserts import insert_if_absent
from bot.store.tables.casework import CASE_URGES, CASES

U = CASE_URGES.c


class CaseUrgeRepository:
    """Urges on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        case_id: int,
        *,
        department_id: str,
        on: date,
        conversation_id: str,
        reply_due_on: date,
        now: datetime,
        goes_up: bool = True,
    ) -> bool:
        """Note an urge, once a case and day; tells whether it was new."""
        row = {
            "case_id": case_id,
            "on_day": on,
            "department_id": department_id,
            "conversation_id": conversation_id,
            "reply_due_on": reply_due_on,
            "created_at": now,
            # the sweep counts working days and puts it off when it is too early
            "escalate_on": reply_due_on if goes_up else None,
        }
        return insert_if_absent(self._connection, CASE_URGES, row)

    def of_case(self, number: str) -> Sequence[Urge]:
        """Return the urges of a case, newest first."""
        query = _urges().where(CASES.c.number == number).order_by(U.on_day.desc())
        return [_read(row) for row in self._connection.execute(query)]

    def waiting(self, department_ids: Sequence[str] | None, limit: int) -> Sequence[Urge]:
        """Return urges without an answer, the earliest answer due first; None: all departments."""
        query = _urges().where(U.replied_at.is_(None))
        if department_ids is not None:
            query = query.where(U.department_id.in_(list(department_ids)))
        query = query.order_by(U.reply_due_on, U.created_at).limit(limit)
        return [_read(row) for row in self._connection.execute(query)]

    def reply(self, case_id: int, on: date, *, text: str, by: str, now: datetime) -> bool:
        """Write the answer unless there is one; tells whether it was written."""
        result = self._connection.execute(
            update(CASE_URGES)
            .where(U.case_id == case_id, U.on_day == on, U.replied_at.is_(None))
            .values(reply=text, replied_by=by, replied_at=now, escalate_on=None)
        )
        return bool(result.rowcount == 1)

    def to_escalate(self, today: date, limit: int) -> Sequence[DueUrge]:
        """Return urges without an answer that have to be looked at on `today`."""
        query = (
            _urges()
            .where(U.escalate_on <= today)
            .order_by(U.escalate_on, U.case_id)
            .limit(limit)
            .with_for_update(of=CASE_URGES, skip_locked=True)
        )
        return [
            DueUrge(
                case_id=row.case_id,
                number=row.number,
                on=row.on_day,
                reply_due_on=row.reply_due_on,
                conversation_id=row.conversation_id,
                escalation=row.escalation,
            )
            for row in self._connection.execute(query)
        ]

    def look_again(self, urge: DueUrge, escalate_on: date | None) -> None:
        """Store when an urge is looked at again, None for never."""
        self._connection.execute(
            update(CASE_URGES).where(*_waiting(urge)).values(escalate_on=escalate_on)
        )

    def escalate(self, urge: DueUrge, escalate_on: date | None) -> bool:
        """Raise an urge by a level; False when it was answered, or somebody else has raised it."""
        result = self._connection.execute(
            update(CASE_URGES)
            .where(*_waiting(urge), U.escalation == urge.escalation)
            .values(escalation=urge.escalation + 1, escalate_on=escalate_on)
        )
        return bool(result.rowcount == 1)


def _waiting(urge: DueUrge) -> tuple[Any, ...]:
    return (U.case_id == urge.case_id, U.on_day == urge.on, U.replied_at.is_(None))


def _urges() -> Any:
    return select(CASE_URGES, CASES.c.number, CASES.c.matter_name).join(
        CASES, CASES.c.id == U.case_id
    )


def _read(row: Any) -> Urge:
    return Urge(
        case_number=row.number,
        matter_name=row.matter_name,
        department_id=row.department_id,
        on=row.on_day,
        created_at=row.created_at,
        conversation_id=row.conversation_id,
        reply_due_on=row.reply_due_on,
        replied_at=row.replied_at,
        replied_by=row.replied_by,
        reply=row.reply or "",
        escalation=row.escalation,
    )
