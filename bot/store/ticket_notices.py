"""The repository of news: what happened to tickets and has not been told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.domain.ticket_lists import TicketNotice
from bot.store.tables.tickets import TICKET_EVENTS, TICKET_NOTICES, TICKETS
from bot.store.tickets import read_event

N = TICKET_NOTICES.c


class TicketNoticeRepository:
    """News on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, limit: int) -> Sequence[str]:
        """Return conversations with news, the oldest news first."""
        rows = self._connection.execute(
            select(N.conversation_id)
            .where(N.told_at.is_(None))
            .group_by(N.conversation_id)
            .order_by(func.min(N.id))
            .limit(limit)
        )
        return [row.conversation_id for row in rows]

    def take(self, conversation_id: str) -> Sequence[TicketNotice]:
        """Return all news of one conversation in order, locked until the transaction ends."""
        rows = self._connection.execute(
            select(N.id.label("notice_id"), N.conversation_id, TICKETS.c.number, TICKET_EVENTS)
            .join(TICKETS, TICKETS.c.id == N.ticket_id)
            .join(TICKET_EVENTS, TICKET_EVENTS.c.id == N.event_id)
            .where(N.conversation_id == conversation_id, N.told_at.is_(None))
            .order_by(N.event_id)
            .with_for_update(of=TICKET_NOTICES)
        )
        return [
            TicketNotice(row.notice_id, row.conversation_id, row.number, read_event(row))
            for row in rows
        ]

    def mark_told(self, notice_ids: Sequence[int], now: datetime) -> None:
        """Write down that they were told."""
        self._connection.execute(
            update(TICKET_NOTICES).where(N.id.in_(list(notice_ids))).values(told_at=now)
        )
