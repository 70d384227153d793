"""Send what happened to a city's data platform: after the commit, at least once, in order.

The row of an event is written by the database in the transaction of the entry it is about, so
there is none without the other, and no turn waits for a broker.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.outgoing_events import OutgoingEvent
from bot.services.conversations.outgoing_ports import Broker, Waiting
from bot.services.ports import OpenUnitOfWork

BATCH = 200
CURSOR = "events-out"
LEASE = timedelta(seconds=60)
"""One process sends at a time, so that order is kept; when it dies another goes on after this."""

LATE_AFTER = timedelta(minutes=5)
KEPT_WITHOUT_BROKER = timedelta(days=1)


def send_waiting(unit_of_work: OpenUnitOfWork, broker: Broker, *, now: datetime) -> int:
    """Send one batch; returns how many are out, 0 when nothing waits or another process sends.

    A crash between the confirmation and the commit sends them again, with the same ids.

    Raises:
        BrokerDown: Nothing was confirmed; all of it waits.
    """
    lease = secrets.token_hex(16)
    with unit_of_work() as unit:
        if unit.cursors.claim(CURSOR, lease=lease, now=now, until=now + LEASE) is None:
            return 0
        found = unit.outgoing.waiting(BATCH)
    try:
        events = [event for _, event in found if event is not None]
        sent = broker.send(events) if events else 0
        with unit_of_work() as unit:
            unit.outgoing.remove(_confirmed(found, sent))
        return sent
    finally:
        with unit_of_work() as unit:
            unit.cursors.release(CURSOR, lease=lease)


def _confirmed(found: Sequence[tuple[int, OutgoingEvent | None]], sent: int) -> list[int]:
    """Return the queue ids of the first `sent` events, and of the gone entries before the next."""
    done: list[int] = []
    for queue_id, event in found:
        if event is not None:
            if sent == 0:
                break
            sent -= 1
        done.append(queue_id)
    return done


def drop_old(unit_of_work: OpenUnitOfWork, *, now: datetime) -> int:
    """Keep the queue short where no broker is set; `replay` finds everything in the histories."""
    with unit_of_work() as unit:
        return unit.outgoing.remove_before(now - KEPT_WITHOUT_BROKER)


def look(unit_of_work: OpenUnitOfWork) -> Waiting:
    """Return how much waits."""
    with unit_of_work() as unit:
        return unit.outgoing.state()


def is_late(waiting: Waiting, now: datetime) -> bool:
    """Tell whether somebody has to look at the broker."""
    return waiting.oldest_at is not None and now - waiting.oldest_at > LATE_AFTER


def replay(unit_of_work: OpenUnitOfWork, *, since: datetime, until: datetime) -> int:
    """Queue everything of a span again, with the ids it had; returns how many."""
    with unit_of_work() as unit:
        return unit.outgoing.replay(since, until)
