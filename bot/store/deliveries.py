"""The repository of the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversations import Author
from bot.domain.deliveries import Delivery, DeliveryState
from bot.store import delivery_statements as statements
from bot.store.conversation_rows import message_of
from bot.store.delivery_statements import joined
from bot.store.tables.conversations import DELIVERIES, MESSAGES

CANDIDATES = 10
MAX_ERROR_LENGTH = 200


class DeliveryRepository:
    """Outgoing lines on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, *, channels: Sequence[str], now: datetime, until: datetime) -> Delivery | None:
        """Take the oldest due line; it is invisible to others until `until`."""
        wanted = {"channels": list(channels), "now": now, "most": CANDIDATES}
        for row in self._connection.execute(statements.DUE_LINES, wanted).all():
            mine = {"line": row.delivery_id, "due": row.due_at, "until": until}
            if self._connection.execute(statements.TAKE_LINE, mine).rowcount == 1:
                return _delivery(row, attempts=row.tries + 1)
        return None

    def mark_delivered(self, delivery_id: int, now: datetime) -> None:
        """Note that the platform has taken it."""
        self._connection.execute(statements.DELIVERED, {"line": delivery_id, "now": now})

    def postpone(self, delivery_id: int, *, error: str, until: datetime) -> None:
        """Note a passing error and when to try again."""
        self._set(delivery_id, last_error=error[:MAX_ERROR_LENGTH], next_attempt_at=until)

    def note_part(self, delivery_id: int, *, parts_sent: int, until: datetime) -> None:
        """Note how many pieces are out, and hold the line for longer."""
        self._set(delivery_id, parts_sent=parts_sent, next_attempt_at=until)

    def give_up_all(self, conversation_id: str, *, error: str) -> None:
        """Give up every line of a conversation that still waits."""
        self._connection.execute(
            update(DELIVERIES)
            .where(
                DELIVERIES.c.conversation_id == conversation_id,
                DELIVERIES.c.state == DeliveryState.PENDING.value,
            )
            .values(state=DeliveryState.FAILED.value, last_error=error[:MAX_ERROR_LENGTH])
        )

    def failed_among(self, message_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these lines never reached the person."""
        query = select(DELIVERIES.c.message_id).where(
            DELIVERIES.c.message_id.in_(list(message_ids)),
            DELIVERIES.c.state == DeliveryState.FAILED.value,
        )
        return frozenset(self._connection.execute(query).scalars())

    def held_among(self, message_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these lines wait until the person does something."""
        query = select(DELIVERIES.c.message_id).where(
            DELIVERIES.c.message_id.in_(list(message_ids)),
            DELIVERIES.c.state == DeliveryState.PENDING.value,
            _is_held(),
        )
        return frozenset(self._connection.execute(query).scalars())

    def mark_failed(self, delivery_id: int, *, error: str) -> None:
        """Note a permanent error; staff see it, the lines behind it go on."""
        self._set(
            delivery_id, state=DeliveryState.FAILED.value, last_error=error[:MAX_ERROR_LENGTH]
        )

    def list_failed(self, limit: int = 100) -> tuple[Delivery, ...]:
        """Return lines that could not be delivered, newest first."""
        query = (
            joined()
            .where(DELIVERIES.c.state == DeliveryState.FAILED.value)
            .order_by(DELIVERIES.c.id.desc())
            .limit(limit)
        )
        rows = self._connection.execute(query)
        return tuple(_delivery(row, attempts=row.tries) for row in rows)

    def behind(self, delivery: Delivery, limit: int = 20) -> tuple[Delivery, ...]:
        """Return lines that wait behind one in its conversation, in order."""
        query = (
            joined()
            .where(
                DELIVERIES.c.conversation_id == delivery.message.conversation_id,
                DELIVERIES.c.id > delivery.id,
                DELIVERIES.c.state == DeliveryState.PENDING.value,
            )
            .order_by(DELIVERIES.c.id)
            .limit(limit)
        )
        rows = self._connection.execute(query)
        return tuple(_delivery(row, attempts=row.tries + 1) for row in rows)

    def set_times(self, delivery_ids: Sequence[int], at: datetime) -> None:
        """Set when lines that still wait may be tried next."""
        for delivery_id in delivery_ids:
            self._set(delivery_id, next_attempt_at=at)

    def hold(self, delivery_id: int) -> None:
        """Keep a line until the person does something; its tries begin anew then."""
        self._set(delivery_id, next_attempt_at=None, attempts=0)

    def let_go(self, conversation_id: str, now: datetime) -> bool:
        """Let the lines that are held go out; tells whether any line waits, held or not."""
        columns = DELIVERIES.c
        waits = and_(
            columns.conversation_id == conversation_id,
            columns.state == DeliveryState.PENDING.value,
        )
        self._connection.execute(
            update(DELIVERIES)
            .where(waits, columns.next_attempt_at.is_(None))
            .values(next_attempt_at=now)
        )
        return (
            self._connection.execute(select(columns.id).where(waits).limit(1)).first() is not None
        )

    def claim_notice(self, channel: str, now: datetime) -> Delivery | None:
        """Take the oldest unasked line that is held back and not told of, or None; each once."""
        columns = DELIVERIES.c
        query = (
            joined()
            .where(
                columns.state == DeliveryState.PENDING.value,
                columns.channel == channel,
                columns.noticed_at.is_(None),
                MESSAGES.c.author == Author.SYSTEM.value,
                _is_held(),
            )
            .order_by(columns.id)
            .limit(CANDIDATES)
        )
        for row in self._connection.execute(query).all():
            taken = self._connection.execute(
                update(DELIVERIES)
                .where(columns.id == row.delivery_id, columns.noticed_at.is_(None))
                .values(noticed_at=now)
            )
            if taken.rowcount == 1:
                return _delivery(row, attempts=row.tries)
        return None

    def forget_notice(self, delivery_id: int) -> None:
        """Let a notice be taken again: the person could not be told."""
        self._set(delivery_id, noticed_at=None)

    def _set(self, delivery_id: int, **values: Any) -> None:
        # only while pending: a late answer of a slow attempt must not undo the outcome
        self._connection.execute(
            update(DELIVERIES)
            .where(
                and_(
                    DELIVERIES.c.id == delivery_id,
                    DELIVERIES.c.state == DeliveryState.PENDING.value,
                )
            )
            .values(**values)
        )


def _is_held() -> Any:
    """Tell of a line whether it, or one before it, waits until the person does something."""
    columns, held = DELIVERIES.c, DELIVERIES.alias("held")
    return exists().where(
        and_(
            held.c.conversation_id == columns.conversation_id,
            held.c.id <= columns.id,
            held.c.state == DeliveryState.PENDING.value,
            held.c.next_attempt_at.is_(None),
        )
    )


def _delivery(row: Any, *, attempts: int) -> Delivery:
    return Delivery(
        id=row.delivery_id,
        channel=row.channel,
        recipient=row.recipient,
        message=message_of(row),
        attempts=attempts,
        parts_sent=row.parts_sent,
    )
