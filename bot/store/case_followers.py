"""Who may see a case, and who follows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.engine import Connection

from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.casework import CASE_ACCESS, CASES
from bot.store.upserts import insert_on_conflict

_GRANTED = often(  # built once: the form that asks for a case looks three times in a turn
    select(CASES.c.number)
    .join(CASE_ACCESS, CASE_ACCESS.c.case_id == CASES.c.id)
    .where(CASE_ACCESS.c.conversation_id == bindparam("this"))
    .order_by(CASE_ACCESS.c.granted_at.desc(), CASE_ACCESS.c.id.desc())
)


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
            select(CASE_ACCESS.c.id).where(_mine(case_id, conversation_id))
        ).one_or_none()
        return found is not None

    def granted_numbers(self, conversation_id: str) -> Sequence[str]:
        """Return the numbers of the cases that the conversation may see, newest proof first."""
        rows = rows_of(self._connection, _GRANTED, {"this": conversation_id})
        return [row.number for row in rows]

    def follow(self, case_id: int, conversation_id: str, now: datetime) -> None:
        """Subscribe the conversation; it hears of what happens from now on."""
        self._connection.execute(
            update(CASE_ACCESS)
            .where(_mine(case_id, conversation_id), CASE_ACCESS.c.followed_at.is_(None))
            .values(followed_at=now)
        )

    def unfollow(self, case_id: int, conversation_id: str) -> bool:
        """End the subscription; tells whether there was one."""
        result = self._connection.execute(
            update(CASE_ACCESS)
            .where(_mine(case_id, conversation_id), CASE_ACCESS.c.followed_at.isnot(None))
            .values(followed_at=None)
        )
        return bool(result.rowcount == 1)

    def followed_numbers(self, conversation_id: str) -> Sequence[str]:
        """Return the numbers of the cases that the conversation follows, the latest first."""
        rows = self._connection.execute(
            select(CASES.c.number)
            .join(CASE_ACCESS, CASE_ACCESS.c.case_id == CASES.c.id)
            .where(
                CASE_ACCESS.c.conversation_id == conversation_id,
                CASE_ACCESS.c.followed_at.isnot(None),
            )
            .order_by(CASE_ACCESS.c.followed_at.desc(), CASE_ACCESS.c.id.desc())
        )
        return [row.number for row in rows]

    def is_followed(self, case_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation is subscribed."""
        found = self._connection.execute(
            select(CASE_ACCESS.c.id).where(
                _mine(case_id, conversation_id), CASE_ACCESS.c.followed_at.isnot(None)
            )
        ).one_or_none()
        return found is not None


def _mine(case_id: int, conversation_id: str) -> Any:
    return and_(CASE_ACCESS.c.case_id == case_id, CASE_ACCESS.c.conversation_id == conversation_id)
