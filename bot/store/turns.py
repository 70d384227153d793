"""The repository of turns: the inbox as work that workers claim."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.conversations import Owner, Turn
from bot.domain.turn_looks import Looks
from bot.store import conversation_statements as statements
from bot.store.conversation_rows import is_pending, message_of
from bot.store.straight import rows_of
from bot.store.tables.conversations import CONVERSATIONS, MESSAGES
from bot.store.turn_ends import end_values
from bot.store.turn_looks import read_looks

CANDIDATES = 10
"""Conversations tried per claim; other workers may be a step ahead with the first ones."""

MAX_ERROR_LENGTH = 200


class TurnRepository:
    """Turns on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, *, lease: str, now: datetime, until: datetime) -> Turn | None:
        """Take the oldest due message of a conversation that nobody serves, or None."""
        for conversation_id in self._free_conversations(now, CANDIDATES):
            values = {"this": conversation_id, "now": now, "lease": lease, "until": until}
            if self._connection.execute(statements.HOLD, values).rowcount != 1:
                continue
            turn = self._first_due(conversation_id, lease, now)
            if turn is not None:
                return turn
            self.release(conversation_id, lease)  # somebody finished it in between
        return None

    def is_any_due(self, now: datetime) -> bool:
        """Tell whether `claim` may find a message."""
        return bool(self._free_conversations(now, 1))

    def looks(self, conversation_id: str, run_id: str) -> tuple[Looks, str | None]:
        """Return what has to be known before an answer, and where the model of a run listens."""
        return read_looks(self._connection, conversation_id, run_id)

    def end(
        self,
        turn: Turn,
        *,
        now: datetime,
        is_saying: bool = False,
        fields: Mapping[str, object] | None = None,
    ) -> bool:
        """Give the claim of an answered turn back; see `TurnStore.end`."""
        values = end_values(turn, now=now, is_saying=is_saying, fields=fields)
        if self._connection.dialect.name == "postgresql":
            return bool(rows_of(self._connection, statements.END_HANDLED, values))
        del values["message"], values["now"]
        is_ended = self._connection.execute(statements.END_TURN, values).rowcount == 1
        if is_ended:
            self.mark_handled(turn.message.id, now)
        return is_ended

    def renew(self, conversation_id: str, lease: str, until: datetime) -> bool:
        """Hold a claim for longer; False when it is lost."""
        values = {"this": conversation_id, "lease": lease, "until": until}
        return self._connection.execute(statements.RENEW, values).rowcount == 1

    def release(self, conversation_id: str, lease: str) -> bool:
        """Give a claim back; False when it was lost. Locks the conversation."""
        values = {"this": conversation_id, "lease": lease}
        return self._connection.execute(statements.RELEASE, values).rowcount == 1

    def free(self, prefix: str) -> int:
        """Take back all claims that begin so; returns how many."""
        held = CONVERSATIONS.c.lease_holder.startswith(prefix, autoescape=True)
        freed = update(CONVERSATIONS).where(held).values(lease_holder=None, lease_until=None)
        return int(self._connection.execute(freed).rowcount)

    def holders(self, now: datetime) -> frozenset[str]:
        """Return the claims that are held now, by all workers of all hubs."""
        columns = CONVERSATIONS.c
        query = select(columns.lease_holder).where(columns.lease_until > now)
        return frozenset(holder for (holder,) in self._connection.execute(query) if holder)

    def mark_handled(self, message_id: int, now: datetime) -> None:
        """Note that a message has had its turn."""
        self._connection.execute(statements.HANDLED, {"message": message_id, "now": now})

    def postpone(self, message_id: int, *, error: str, until: datetime) -> None:
        """Note a failed attempt; the message and those behind it wait until then."""
        values = {"message": message_id, "until": until, "error": error[:MAX_ERROR_LENGTH]}
        self._connection.execute(statements.POSTPONE, values)

    def is_outage_told(self, conversation_id: str) -> bool:
        """Tell whether an outage that the applicant knows of holds messages back."""
        query = select(CONVERSATIONS.c.outage_told_at).where(CONVERSATIONS.c.id == conversation_id)
        return self._connection.execute(query).scalar() is not None

    def set_outage_told(self, conversation_id: str, at: datetime | None) -> None:
        """Note when the applicant was told that a part is down; None when it is over."""
        self._connection.execute(statements.OUTAGE_TOLD, {"this": conversation_id, "told_at": at})

    def crowd(self, *, now: datetime, before: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Return conversations that wait since before then for a worker and were told nothing.

        With each how many messages come before its own; the longest wait first.
        """
        due = and_(is_pending(), MESSAGES.c.next_attempt_at <= now)
        # all places in the line in one walk: it is longest when there is least time for it
        place = func.row_number().over(order_by=MESSAGES.c.id).label("place")
        line = select(MESSAGES.c.id, place).where(due).subquery("line")
        first = func.min(MESSAGES.c.id).label("first")
        ahead = (func.min(line.c.place) - 1).label("ahead")
        query = (
            select(MESSAGES.c.conversation_id, ahead)
            .join(line, line.c.id == MESSAGES.c.id)
            .join(CONVERSATIONS, CONVERSATIONS.c.id == MESSAGES.c.conversation_id)
            .where(
                MESSAGES.c.created_at <= before,
                CONVERSATIONS.c.owner.in_([Owner.BOT.value, Owner.CLOSED.value]),
                CONVERSATIONS.c.outage_told_at.is_(None),
                _is_free(now),
            )
            .group_by(MESSAGES.c.conversation_id)
            .order_by(first)
            .limit(limit)
        )
        found = self._connection.execute(query).all()
        return [(row.conversation_id, int(row.ahead)) for row in found]

    def tell_first(self, conversation_id: str, at: datetime) -> bool:
        """Note that the applicant was told; False when somebody did or nothing waits."""
        waits = exists().where(and_(MESSAGES.c.conversation_id == conversation_id, is_pending()))
        noted = self._connection.execute(
            update(CONVERSATIONS)
            .where(
                CONVERSATIONS.c.id == conversation_id,
                CONVERSATIONS.c.outage_told_at.is_(None),
                waits,
            )
            .values(outage_told_at=at)
        )
        return noted.rowcount == 1

    def _free_conversations(self, now: datetime, most: int) -> list[str]:
        found = self._connection.execute(statements.DUE, {"now": now, "most": most})
        return [str(conversation_id) for (conversation_id,) in found]

    def _first_due(self, conversation_id: str, lease: str, now: datetime) -> Turn | None:
        query = statements.FIRST_PENDING
        row = self._connection.execute(query, {"this": conversation_id}).first()
        if row is None or row.next_attempt_at > now:
            return None
        # counted before the turn: after a crash the next worker must know that Rasa may have
        # answered already
        values = {"message": row.id, "tried": row.attempts + 1}
        self._connection.execute(statements.COUNT_ATTEMPT, values)
        return Turn(
            message=message_of(row),
            owner=Owner(row.owner),
            lease=lease,
            attempts=row.attempts,
            outage_told=row.outage_told_at is not None,
            channel=row.channel,
        )


def _is_free(now: datetime) -> "ColumnElement[Any]":
    until = CONVERSATIONS.c.lease_until
    return or_(until.is_(None), until <= now)
