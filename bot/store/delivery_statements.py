"""Statements of the outbox that run for each line, built once; see `conversation_statements`."""

from sqlalchemy import and_, bindparam, exists, select, update
from sqlalchemy.sql import Select

from bot.domain.deliveries import DeliveryState
from bot.store.prepared import often
from bot.store.tables.conversations import CONVERSATIONS, DELIVERIES, MESSAGES

_D = DELIVERIES.c
_PENDING = DeliveryState.PENDING.value
_EARLIER = DELIVERIES.alias("earlier")
_IS_BEHIND = exists().where(
    and_(
        _EARLIER.c.conversation_id == _D.conversation_id,
        _EARLIER.c.id < _D.id,
        _EARLIER.c.state == _PENDING,
    )
)


def joined() -> Select:
    """Return the statement of lines with their delivery and who gets them."""
    return (
        select(
            MESSAGES,
            DELIVERIES.c.id.label("delivery_id"),
            DELIVERIES.c.channel,
            DELIVERIES.c.attempts.label("tries"),
            DELIVERIES.c.parts_sent,
            DELIVERIES.c.next_attempt_at.label("due_at"),
            CONVERSATIONS.c.external_id.label("recipient"),
        )
        .join(DELIVERIES, DELIVERIES.c.message_id == MESSAGES.c.id)
        .join(CONVERSATIONS, CONVERSATIONS.c.id == MESSAGES.c.conversation_id)
    )


DUE_LINES = often(
    joined()
    .where(
        _D.state == _PENDING,
        _D.channel.in_(bindparam("channels", expanding=True)),
        _D.next_attempt_at <= bindparam("now"),
        ~_IS_BEHIND,
    )
    .order_by(_D.id)
    .limit(bindparam("most"))
)
TAKE_LINE = often(
    update(DELIVERIES)
    .where(_D.id == bindparam("line"), _D.state == _PENDING, _D.next_attempt_at == bindparam("due"))
    .values(next_attempt_at=bindparam("until"), attempts=_D.attempts + 1)
)
DELIVERED = often(
    update(DELIVERIES)
    # only while pending: a late answer of a slow attempt must not undo the outcome
    .where(_D.id == bindparam("line"), _D.state == _PENDING)
    .values(state=DeliveryState.DELIVERED.value, delivered_at=bindparam("now"))
)
