"""Take a line out of the outbox, and note what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.deliveries import Delivery, DeliveryError
from bot.services.conversations.channel_events import lose
from bot.services.ports import OpenUnitOfWork

FIRST_DELAY_S = 1.0
MAX_DELAY_S = 300.0
MAX_ATTEMPTS = 40
"""About three hours with the delays above; then staff have to look at it."""


def claim_delivery(
    unit_of_work: OpenUnitOfWork,
    *,
    channels: Sequence[str],
    now: datetime,
    send_timeout: timedelta,
) -> Delivery | None:
    """Take the next line to be sent, or None; nobody else gets it within `send_timeout`."""
    with unit_of_work() as unit:
        return unit.deliveries.claim(channels=channels, now=now, until=now + send_timeout)


def mark_delivered(unit_of_work: OpenUnitOfWork, *, delivery: Delivery, now: datetime) -> None:
    """Note that the platform has taken a line."""
    with unit_of_work() as unit:
        unit.deliveries.mark_delivered(delivery.id, now)


def note_part(
    unit_of_work: OpenUnitOfWork,
    *,
    delivery: Delivery,
    parts_sent: int,
    now: datetime,
    send_timeout: timedelta,
) -> None:
    """Note that one more piece of a line is out; the line is ours for another `send_timeout`."""
    with unit_of_work() as unit:
        until = now + send_timeout
        unit.deliveries.note_part(delivery.id, parts_sent=parts_sent, until=until)


def record_delivery_error(
    unit_of_work: OpenUnitOfWork, *, delivery: Delivery, error: DeliveryError, now: datetime
) -> None:
    """Try a line again later, or give it up and show it to staff."""
    if error.is_unreachable:
        lose(unit_of_work, conversation_id=delivery.message.conversation_id, now=now)
        return
    with unit_of_work() as unit:
        if error.permanent or delivery.attempts >= MAX_ATTEMPTS:
            unit.deliveries.mark_failed(delivery.id, error=str(error))
            return
        until = now + delivery_delay(delivery.attempts, error.retry_after_s)
        unit.deliveries.postpone(delivery.id, error=str(error), until=until)


def list_failed_deliveries(unit_of_work: OpenUnitOfWork) -> tuple[Delivery, ...]:
    """Return lines that could not be delivered, newest first, for staff."""
    with unit_of_work() as unit:
        return unit.deliveries.list_failed()


def delivery_delay(attempts: int, retry_after_s: float | None = None) -> timedelta:
    """Return the wait after the `attempts`-th try: doubling up to 5 minutes, or as asked."""
    doubled = min(FIRST_DELAY_S * 2.0 ** min(attempts - 1, 12), MAX_DELAY_S)
    return timedelta(seconds=max(doubled, retry_after_s or 0.0))
