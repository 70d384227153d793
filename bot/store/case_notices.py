"""The repository of news: what happened to cases and has not been told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.domain.case_watch import Notice
from bot.store.cases import read_case_event
from bot.store.inserts import insert_if_absent
from bot.store.tables.casework import CASE_EVENTS, CASE_NOTICES, CASES

N = CASE_NOTICES.c


class CaseNoticeRepository:
    """News on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, now: datetime, limit: int) -> Sequence[str]:
        """Return conversations with news that may be told now, the oldest news first."""
        rows = self._connection.execute(
            select(N.conversation_id)
            .where(N.told_at.is_(None), or_(N.digest_at.is_(None), N.digest_at <= now))
            .group_by(N.conversation_id)
            .order_by(func.min(N.id))
            .limit(limit)
        )
        return [row.conversation_id for row in rows]

    def take(self, conversation_id: str) -> Sequence[Notice]:
        """Return all news of one conversation in order, locked until the transaction ends.

        Of two clocks the second waits here, and then finds that there is nothing left to tell.
        """
        rows = self._connection.execute(
            select(
                N.id.label("notice_id"),
                N.conversation_id,
                N.digest_at,
                CASES.c.number,
                CASES.c.matter_name,
                CASE_EVENTS,
            )
            .join(CASES, CASES.c.id == N.case_id)
            .join(CASE_EVENTS, CASE_EVENTS.c.id == N.event_id)
            .where(N.conversation_id == conversation_id, N.told_at.is_(None))
            .order_by(N.id)
            .with_for_update(of=CASE_NOTICES)
        )
        return [
            Notice(
                id=row.notice_id,
                conversation_id=row.conversation_id,
                case_number=row.number,
                matter_name=row.matter_name,
                event=read_case_event(row),
                digest_at=row.digest_at,
            )
            for row in rows
        ]

    def mark_told(self, notice_ids: Sequence[int], now: datetime) -> None:
        """Write down that they were told."""
        self._connection.execute(
            update(CASE_NOTICES).where(N.id.in_(list(notice_ids))).values(told_at=now)
        )

    def put_off(self, notice_ids: Sequence[int], until: datetime) -> None:
        """Keep them for the digest at `until`."""
        self._connection.execute(
            update(CASE_NOTICES).where(N.id.in_(list(notice_ids))).values(digest_at=until)
        )

    def told_cases(self, conversation_id: str, since: datetime) -> set[str]:
        """Return numbers of cases of which the conversation heard since then."""
        rows = self._connection.execute(
            select(CASES.c.number)
            .join(CASE_NOTICES, N.case_id == CASES.c.id)
            .where(N.conversation_id == conversation_id, N.told_at >= since)
            .distinct()
        )
        return {row.number for row in rows}

    def add(self, case_id: int, conversation_id: str, event_id: int, now: datetime) -> None:
        """Let a conversation hear of one entry; twice is once."""
        row = {
            "case_id": case_id,
            "conversation_id": conversation_id,
            "event_id": event_id,
            "created_at": now,
        }
        insert_if_absent(self._connection, CASE_NOTICES, row)

    def cancel(self, case_id: int, conversation_id: str) -> None:
        """Drop what was not told yet."""
        self._connection.execute(
            delete(CASE_NOTICES).where(
                N.case_id == case_id, N.conversation_id == conversation_id, N.told_at.is_(None)
            )
        )
