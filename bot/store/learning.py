"""The repository of messages that were not understood."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.learning import GuessPressed, Misread, MisreadReason, Misunderstood
from bot.store.inserts import insert_if_absent
from bot.store.tables.learning import MISUNDERSTOOD

M = MISUNDERSTOOD.c


class MisunderstoodRepository:
    """Messages that were not understood, on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        message_id: int,
        conversation_id: str,
        at: datetime,
        text: str,
        misread: Misread,
        model: str,
        expires_at: datetime,
    ) -> bool:
        """Write one; the rest of the transaction goes on when the database refuses it.

        Returns:
            False when it was there already or could not be written.
        """
        values = {
            "message_id": message_id,
            "conversation_id": conversation_id,
            "at": at,
            "text": text,
            "reason": misread.reason.value,
            "form": misread.form[:60],
            "question": misread.question[:60],
            "model": model[:80],
            "candidates": [list(pair) for pair in misread.candidates],
            "chosen": "",
            "expires_at": expires_at,
        }
        try:
            with self._connection.begin_nested():
                return insert_if_absent(self._connection, MISUNDERSTOOD, values)
        except SQLAlchemyError:
            return False

    def note_pressed(self, conversation_id: str, pressed: GuessPressed) -> bool:
        """Write down which guess was pressed; likewise never breaks the transaction."""
        statement = (
            update(MISUNDERSTOOD)
            .where(M.message_id == pressed.message_id, M.conversation_id == conversation_id)
            .values(chosen=pressed.chosen[:120])
        )
        try:
            with self._connection.begin_nested():
                return bool(self._connection.execute(statement).rowcount)
        except SQLAlchemyError:
            return False

    def undecided(self, limit: int) -> Sequence[Misunderstood]:
        """Return the newest messages that nobody has decided about, newest first."""
        query = select(MISUNDERSTOOD).where(M.lesson_id.is_(None))
        return self._rows(query.order_by(M.id.desc()).limit(limit))

    def of_lesson(self, lesson_id: int) -> Sequence[Misunderstood]:
        """Return the messages that a decision covers, oldest first."""
        query = select(MISUNDERSTOOD).where(M.lesson_id == lesson_id)
        return self._rows(query.order_by(M.id))

    def newest(self, limit: int) -> Sequence[Misunderstood]:
        """Return the newest messages, decided or not, newest first."""
        return self._rows(select(MISUNDERSTOOD).order_by(M.id.desc()).limit(limit))

    def take(self, ids: Sequence[int], lesson_id: int) -> int:
        """Put messages under a decision; returns how many of them were free."""
        statement = (
            update(MISUNDERSTOOD)
            .where(M.id.in_(list(ids)), M.lesson_id.is_(None))
            .values(lesson_id=lesson_id)
        )
        taken: int = self._connection.execute(statement).rowcount
        return taken

    def free(self, lesson_id: int) -> None:
        """Take messages out of a decision that was returned; they wait for another one."""
        mine = M.lesson_id == lesson_id
        self._connection.execute(update(MISUNDERSTOOD).where(mine).values(lesson_id=None))

    def forget(self, now: datetime) -> int:
        """Delete what has expired; returns how many."""
        gone: int = self._connection.execute(
            delete(MISUNDERSTOOD).where(M.expires_at <= now)
        ).rowcount
        return gone

    def _rows(self, query: Any) -> Sequence[Misunderstood]:
        return [_misunderstood(row) for row in self._connection.execute(query)]


def _misunderstood(row: Any) -> Misunderstood:
    return Misunderstood(
        id=row.id,
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        at=row.at,
        text=row.text,
        misread=Misread(
            reason=MisreadReason(row.reason),
            form=row.form,
            question=row.question,
            candidates=tuple((str(name), float(sure)) for name, sure in row.candidates),
        ),
        model=row.model,
        chosen=row.chosen,
        lesson_id=row.lesson_id,
        expires_at=row.expires_at,
    )
