"""The repository of quotas: how much may be said before the person does something."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.engine import Connection

from bot.store.inserts import insert_if_absent
from bot.store.tables.channels import CHANNEL_QUOTAS

_C = CHANNEL_QUOTAS.c


class QuotaRepository:
    """Quotas on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def grant(
        self, conversation_id: str, *, event_id: str, lines: int, until: datetime, now: datetime
    ) -> None:
        """Allow lines until then; the same event again, or less than there is, changes nothing."""
        self._lock(conversation_id)
        is_less = or_(_C.open_until.is_(None), _C.open_until <= now, _C.open_until <= until)
        is_spent = or_(is_less, _C.lines_left < 1)
        self._connection.execute(
            update(CHANNEL_QUOTAS)
            .where(
                _C.conversation_id == conversation_id,
                or_(_C.event_id.is_(None), _C.event_id != event_id),
                is_spent,
            )
            .values(lines_left=lines, open_until=until, event_id=event_id)
        )

    def spend(self, conversation_id: str, now: datetime) -> int | None:
        """Take one; returns how many are left, None when there was none."""
        self._lock(conversation_id)
        taken = self._connection.execute(
            update(CHANNEL_QUOTAS)
            .where(_C.conversation_id == conversation_id, _C.lines_left > 0, _C.open_until > now)
            .values(lines_left=_C.lines_left - 1)
        )
        if taken.rowcount != 1:
            return None
        query = select(_C.lines_left).where(_C.conversation_id == conversation_id)
        return int(self._connection.execute(query).scalar_one())

    def give_back(self, conversation_id: str) -> None:
        """Allow one more."""
        self._set(conversation_id, lines_left=_C.lines_left + 1)

    def event(self, conversation_id: str) -> str | None:
        """Return what the person did last."""
        query = select(_C.event_id).where(_C.conversation_id == conversation_id)
        found: str | None = self._connection.execute(query).scalar()
        return found

    def use_up(self, conversation_id: str, event_id: str | None) -> bool:
        """Allow none any more, unless the person has done something since `event_id`."""
        self._lock(conversation_id)
        if self.event(conversation_id) != event_id:
            return False
        self._set(conversation_id, lines_left=0)
        return True

    def _lock(self, conversation_id: str) -> None:
        """Hold the row until the end of the transaction, made when it is missing."""
        values = {"conversation_id": conversation_id, "lines_left": 0}
        insert_if_absent(self._connection, CHANNEL_QUOTAS, values)
        self._set(conversation_id, lines_left=_C.lines_left)

    def _set(self, conversation_id: str, **values: object) -> None:
        self._connection.execute(
            update(CHANNEL_QUOTAS).where(_C.conversation_id == conversation_id).values(**values)
        )
