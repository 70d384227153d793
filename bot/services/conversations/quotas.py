"""How much a platform lets us say before the person writes again: counted, and lines that wait.

A line that may not go out now is held: it has no time of its next attempt, and gets one when the
person does something. The row of the quota is locked by both sides, so none is held for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.channels import Quota
from bot.domain.deliveries import Delivery
from bot.domain.folding import Piece
from bot.services.ports import OpenUnitOfWork


def allow(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    event_id: str,
    quota: Quota,
    now: datetime,
) -> bool:
    """Note that the person did something, which allows more lines; the same event counts once.

    A small allowance of short life does not replace a larger one that still holds.

    Returns:
        True when lines wait, held until now or about to be; they go out first.
    """
    with unit_of_work() as unit:
        unit.quotas.grant(
            conversation_id,
            event_id=event_id,
            lines=quota.lines,
            until=now + quota.window,
            now=now,
        )
        return unit.deliveries.let_go(conversation_id, now)


@dataclass(frozen=True)
class Spent:
    """One message taken from what is allowed.

    Attributes:
        left: How many may follow.
        event_id: What the person did last, when it was taken.
    """

    left: int
    event_id: str | None


def spend(unit_of_work: OpenUnitOfWork, *, delivery: Delivery, now: datetime) -> Spent | None:
    """Take one message from what is allowed.

    None when there was none: the line is held until the person does something.
    """
    with unit_of_work() as unit:
        left = unit.quotas.spend(delivery.message.conversation_id, now)
        if left is None:
            unit.deliveries.hold(delivery.id)
            return None
        return Spent(left, unit.quotas.event(delivery.message.conversation_id))


def give_back(unit_of_work: OpenUnitOfWork, *, delivery: Delivery) -> None:
    """Note that the platform did not take the message after all."""
    with unit_of_work() as unit:
        unit.quotas.give_back(delivery.message.conversation_id)


def use_up(unit_of_work: OpenUnitOfWork, *, delivery: Delivery, event_id: str | None) -> bool:
    """Note that the platform counts otherwise: nothing is left, the line is held.

    Returns:
        False when the person has done something since `event_id`, so that the refusal is out of
        date and nothing was changed.
    """
    with unit_of_work() as unit:
        is_held = unit.quotas.use_up(delivery.message.conversation_id, event_id)
        if is_held:
            unit.deliveries.hold(delivery.id)
        return is_held


def waiting_lines(unit_of_work: OpenUnitOfWork, *, delivery: Delivery) -> tuple[Delivery, ...]:
    """Return the line and those that wait behind it in its conversation, in order."""
    with unit_of_work() as unit:
        return (delivery, *unit.deliveries.behind(delivery))


def note_pieces(
    unit_of_work: OpenUnitOfWork,
    *,
    pieces: Sequence[Piece],
    rest: Sequence[Delivery],
    now: datetime,
    send_timeout: timedelta,
) -> None:
    """Note that pieces are out; lines of which something is left are ours for `send_timeout`."""
    until = now + send_timeout
    with unit_of_work() as unit:
        unit.deliveries.set_times([line.id for line in rest], until)
        for piece in pieces:
            if piece.is_last:
                unit.deliveries.mark_delivered(piece.delivery.id, now)
            else:
                unit.deliveries.note_part(piece.delivery.id, parts_sent=piece.number, until=until)


def let_others(unit_of_work: OpenUnitOfWork, *, rest: Sequence[Delivery], now: datetime) -> None:
    """Give up the claim on lines that wait behind one that was not taken."""
    with unit_of_work() as unit:
        unit.deliveries.set_times([line.id for line in rest], now)
