"""The repository of those who see a plan, and of what they are to be told."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.plan_readers import NoticeKind, PlanNotice, PlanReader
from bot.store.inserts import insert_if_absent
from bot.store.tables.plan_life import PLAN_NOTICES, PLAN_READERS


class PlanReaderRepository:
    """Readers and notices, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def grant(self, plan_id: int, conversation_id: str, now: datetime) -> None:
        """Let a conversation see the plan; harmless when it does."""
        values = {"plan_id": plan_id, "conversation_id": conversation_id}
        insert_if_absent(
            self._connection, PLAN_READERS, {**values, "granted_at": now, "is_muted": False}
        )

    def revoke(self, plan_id: int, conversation_id: str | None) -> None:
        """Let a conversation, or with None nobody, see the plan any more; drop what waits."""
        for table in (PLAN_NOTICES, PLAN_READERS):
            gone = delete(table).where(table.c.plan_id == plan_id)
            if conversation_id is not None:
                gone = gone.where(table.c.conversation_id == conversation_id)
            self._connection.execute(gone)

    def reader(self, plan_id: int, conversation_id: str) -> PlanReader | None:
        """Return one reader, None for a stranger."""
        query = select(PLAN_READERS).where(_is(plan_id, conversation_id))
        row = self._connection.execute(query).first()
        return None if row is None else _reader(row)

    def readers(self, plan_ids: Sequence[int]) -> Sequence[PlanReader]:
        """Return all readers of these plans."""
        rows = self._connection.execute(
            select(PLAN_READERS)
            .where(PLAN_READERS.c.plan_id.in_(plan_ids))
            .order_by(PLAN_READERS.c.plan_id, PLAN_READERS.c.conversation_id)
        )
        return [_reader(row) for row in rows]

    def set_reminders(self, reader: PlanReader) -> None:
        """Write what a reader wants to be told, and when next."""
        self._connection.execute(
            update(PLAN_READERS)
            .where(_is(reader.plan_id, reader.conversation_id))
            .values(
                remind_days=reader.remind_days,
                remind_on=reader.remind_on,
                is_muted=reader.is_muted,
            )
        )

    def due(self, today: date, limit: int) -> Sequence[PlanReader]:
        """Return readers whose next reminder is today or overdue, oldest first."""
        rows = self._connection.execute(
            select(PLAN_READERS)
            .where(PLAN_READERS.c.remind_on <= today)
            .order_by(PLAN_READERS.c.remind_on, PLAN_READERS.c.plan_id)
            .limit(limit)
        )
        return [_reader(row) for row in rows]

    def advance(self, seen: PlanReader, remind_on: date | None) -> bool:
        """Move the next reminder on; False when another clock has done so.

        Of two clocks with the same reader the second waits for the first and finds another day.
        """
        result = self._connection.execute(
            update(PLAN_READERS)
            .where(
                _is(seen.plan_id, seen.conversation_id),
                PLAN_READERS.c.remind_on == seen.remind_on,
            )
            .values(remind_on=remind_on)
        )
        return bool(result.rowcount == 1)

    def add_notice(
        self,
        reader: PlanReader,
        kind: NoticeKind,
        subject: str,
        text: str,
        told_at: datetime | None,
    ) -> bool:
        """Note what is said or to be said; False when that was noted before."""
        values = {
            "plan_id": reader.plan_id,
            "conversation_id": reader.conversation_id,
            "kind": kind.value,
            "subject": subject[:100],
            "text": text,
            "told_at": told_at,
        }
        return insert_if_absent(self._connection, PLAN_NOTICES, values)

    def pending(self, limit: int) -> Sequence[PlanNotice]:
        """Return what is still to be said, oldest first."""
        return self._notices(limit)

    def pending_for(self, plan_id: int, conversation_id: str) -> Sequence[PlanNotice]:
        """Return what is still to be said to one reader."""
        return self._notices(
            None,
            PLAN_NOTICES.c.plan_id == plan_id,
            PLAN_NOTICES.c.conversation_id == conversation_id,
        )

    def tell(self, notice_id: int, now: datetime) -> bool:
        """Mark a notice as told; False when it was told before."""
        result = self._connection.execute(
            update(PLAN_NOTICES)
            .where(PLAN_NOTICES.c.id == notice_id, PLAN_NOTICES.c.told_at.is_(None))
            .values(told_at=now)
        )
        return bool(result.rowcount == 1)

    def _notices(self, limit: int | None, *conditions: Any) -> list[PlanNotice]:
        query = select(PLAN_NOTICES).where(PLAN_NOTICES.c.told_at.is_(None), *conditions)
        rows = self._connection.execute(query.order_by(PLAN_NOTICES.c.id).limit(limit))
        return [
            PlanNotice(
                row.id,
                row.plan_id,
                row.conversation_id,
                NoticeKind(row.kind),
                row.subject,
                row.text,
            )
            for row in rows
        ]


def _is(plan_id: int, conversation_id: str) -> Any:
    return (PLAN_READERS.c.plan_id == plan_id) & (PLAN_READERS.c.conversation_id == conversation_id)


def _reader(row: Row) -> PlanReader:
    return PlanReader(
        row.plan_id, row.conversation_id, row.remind_days, row.remind_on, row.is_muted
    )
