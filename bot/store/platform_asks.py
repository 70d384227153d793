"""What the hub waits for from the platform: signed messages taken once, look-ups without answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.services.platform.ports import Ask
from bot.store.inserts import insert_if_absent
from bot.store.tables.platform import PLATFORM_ASKS, PLATFORM_NONCES

A = PLATFORM_ASKS.c


class PlatformAsks:
    """The part of the platform's repository that waits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def use_nonce(self, nonce: str, now: datetime, expires_at: datetime) -> bool:
        """Tell whether the nonce is used for the first time; forgets those that have expired."""
        self._connection.execute(delete(PLATFORM_NONCES).where(PLATFORM_NONCES.c.expires_at < now))
        row = {"nonce": nonce, "expires_at": expires_at}
        return insert_if_absent(self._connection, PLATFORM_NONCES, row)

    def ask_later(self, ask: Ask, expires_at: datetime) -> bool:
        """Keep a look-up for later; False when the same is waiting already."""
        mine = (A.conversation_id == ask.conversation_id, A.number == ask.number)
        known = self._connection.execute(select(PLATFORM_ASKS).where(*mine)).one_or_none()
        values = {
            "proof": ask.proof,
            "asked_at": ask.asked_at,
            "next_try_at": ask.asked_at,
            "expires_at": expires_at,
        }
        if known is None:
            row = {"conversation_id": ask.conversation_id, "number": ask.number, **values}
            self._connection.execute(insert(PLATFORM_ASKS).values(**row))
            return True
        self._connection.execute(update(PLATFORM_ASKS).where(*mine).values(**values))
        return bool(known.proof != ask.proof)

    def claim_asks(self, now: datetime, until: datetime, limit: int) -> Sequence[Ask]:
        """Return look-ups that wait; nobody else gets them before `until`."""
        rows = self._connection.execute(
            select(PLATFORM_ASKS)
            .where(A.next_try_at <= now)
            .order_by(A.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            self.retry_ask(row.id, until)
        return [_ask(row) for row in rows]

    def retry_ask(self, ask_id: int, at: datetime) -> None:
        """Let a look-up wait that could not be answered now."""
        self._connection.execute(update(PLATFORM_ASKS).where(A.id == ask_id).values(next_try_at=at))

    def end_ask(self, ask_id: int) -> bool:
        """Take a look-up away, its proof with it; tells whether it was there."""
        result = self._connection.execute(delete(PLATFORM_ASKS).where(A.id == ask_id))
        return bool(result.rowcount == 1)

    def expire_asks(self, now: datetime) -> Sequence[Ask]:
        """Take away the look-ups that have waited too long, and return them."""
        rows = self._connection.execute(
            select(PLATFORM_ASKS).where(A.expires_at <= now).with_for_update(skip_locked=True)
        ).all()
        return [_ask(row) for row in rows if self.end_ask(row.id)]


def _ask(row: Any) -> Ask:
    return Ask(row.id, row.conversation_id, row.number, row.proof, row.asked_at)
