"""Who may see a case, who follows it, and the notes that urge departments."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.domain.cases import CaseEvent, CaseEventKind, CaseState, Notice
from bot.store.inserts import insert_if_absent
from bot.store.tables.casework import CASE_ACCESS, CASE_EVENTS, CASE_URGES, CASES
from bot.store.upserts import insert_on_conflict


class CaseFollowers:
    """The part of the case repository that knows conversations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def grant(self, case_id: int, conversation_id: str, now: datetime) -> None:
        """Write down that this conversation has proven that the case is its own."""
        self._connection.execute(
            insert_on_conflict(self._connection, CASE_ACCESS)
            .values(case_id=case_id, conversation_id=conversation_id, granted_at=now)
            .on_conflict_do_update(
                index_elements=[CASE_ACCESS.c.case_id, CASE_ACCESS.c.conversation_id],
                set_={"granted_at": now},
            )
        )

    def is_granted(self, case_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation has proven it."""
        found = self._connection.execute(
            select(CASE_ACCESS.c.id).where(
                CASE_ACCESS.c.case_id == case_id,
                CASE_ACCESS.c.conversation_id == conversation_id,
            )
        ).one_or_none()
        return found is not None

    def granted_numbers(self, conversation_id: str) -> Sequence[str]:
        """Return the numbers of the cases that the conversation may see, newest proof first."""
        rows = self._connection.execute(
            select(CASES.c.number)
            .join(CASE_ACCESS, CASE_ACCESS.c.case_id == CASES.c.id)
            .where(CASE_ACCESS.c.conversation_id == conversation_id)
            .order_by(CASE_ACCESS.c.granted_at.desc(), CASE_ACCESS.c.id.desc())
        )
        return [row.number for row in rows]

    def follow(self, case_id: int, conversation_id: str, now: datetime) -> None:
        """Subscribe the conversation; it hears of what happens from now on."""
        latest = self._connection.execute(
            select(func.coalesce(func.max(CASE_EVENTS.c.id), 0)).where(
                CASE_EVENTS.c.case_id == case_id
            )
        ).scalar_one()
        self._connection.execute(
            update(CASE_ACCESS)
            .where(
                CASE_ACCESS.c.case_id == case_id,
                CASE_ACCESS.c.conversation_id == conversation_id,
                CASE_ACCESS.c.followed_at.is_(None),
            )
            .values(followed_at=now, told_event_id=latest)
        )

    def is_followed(self, case_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation is subscribed."""
        found = self._connection.execute(
            select(CASE_ACCESS.c.id).where(
                CASE_ACCESS.c.case_id == case_id,
                CASE_ACCESS.c.conversation_id == conversation_id,
                CASE_ACCESS.c.followed_at.isnot(None),
            )
        ).one_or_none()
        return found is not None

    def unannounced(self, limit: int) -> Sequence[Notice]:
        """Return moves that followers have not heard of, oldest first."""
        rows = self._connection.execute(
            select(
                CASE_ACCESS.c.id.label("follow_id"),
                CASE_ACCESS.c.conversation_id,
                CASES.c.number,
                CASES.c.matter_name,
                CASE_EVENTS,
            )
            .join(CASES, CASES.c.id == CASE_ACCESS.c.case_id)
            .join(CASE_EVENTS, CASE_EVENTS.c.case_id == CASES.c.id)
            .where(
                CASE_ACCESS.c.followed_at.isnot(None),
                CASE_EVENTS.c.id > CASE_ACCESS.c.told_event_id,
                CASE_EVENTS.c.kind == CaseEventKind.MOVED.value,
            )
            .order_by(CASE_EVENTS.c.id, CASE_ACCESS.c.id)
            .limit(limit)
        )
        return [_read_notice(row) for row in rows]

    def announce(self, notice: Notice) -> bool:
        """Mark a notice as told; False when it was told before.

        Of two workers with the same notice the second waits, finds a later entry and gets False.
        """
        result = self._connection.execute(
            update(CASE_ACCESS)
            .where(
                CASE_ACCESS.c.id == notice.follow_id,
                CASE_ACCESS.c.told_event_id < notice.event_id,
            )
            .values(told_event_id=notice.event_id)
        )
        return bool(result.rowcount == 1)

    def add_urge(self, case_id: int, department_id: str, on: date, now: datetime) -> bool:
        """Leave a note for the department, once per case and day; tells whether it was new."""
        row = {
            "case_id": case_id,
            "on_day": on,
            "department_id": department_id,
            "created_at": now,
        }
        return insert_if_absent(self._connection, CASE_URGES, row)


def _read_notice(row: Any) -> Notice:
    return Notice(
        follow_id=row.follow_id,
        conversation_id=row.conversation_id,
        case_number=row.number,
        matter_name=row.matter_name,
        event_id=row.id,
        event=CaseEvent(
            at=row.at,
            actor=row.actor,
            kind=CaseEventKind(row.kind),
            seen=CaseState(row.seen) if row.seen else None,
            to=CaseState(row.to) if row.to else None,
            reason=row.reason,
        ),
    )
