"""Sends what happened to a city's data platform: one loop of the clock."""

import asyncio

import structlog

from bot.services.conversations import outgoing_events
from bot.services.conversations.outgoing_ports import Broker, BrokerDown
from bot.services.ports import Clock, OpenUnitOfWork

SEND_EVERY_S = 1.0
DROP_EVERY_S = 600.0

log = structlog.get_logger()


async def run_events_out(
    unit_of_work: OpenUnitOfWork, broker: Broker | None, *, now: Clock, every_s: float | None = None
) -> None:
    """Send until cancelled, or keep the queue short where there is no broker.

    Several hubs doing so at once are harmless: one of them sends.
    """
    usual_s = SEND_EVERY_S if broker is not None else DROP_EVERY_S
    while True:
        is_more = False
        try:
            if broker is None:
                await asyncio.to_thread(outgoing_events.drop_old, unit_of_work, now=now())
            else:
                is_more = await asyncio.to_thread(_send, unit_of_work, broker, now)
        except BrokerDown as error:
            await asyncio.to_thread(_alarm, unit_of_work, now, str(error))
        except Exception:  # a database that is away now is back at the next round
            log.exception("events_out_failed")
        if not is_more:
            await asyncio.sleep(usual_s if every_s is None else every_s)


def _send(unit_of_work: OpenUnitOfWork, broker: Broker, now: Clock) -> bool:
    """Return whether there may be more to send at once."""
    sent = outgoing_events.send_waiting(unit_of_work, broker, now=now())
    return sent == outgoing_events.BATCH


def _alarm(unit_of_work: OpenUnitOfWork, now: Clock, reason: str) -> None:
    waiting = outgoing_events.look(unit_of_work)
    if outgoing_events.is_late(waiting, now()) and waiting.oldest_at is not None:
        age_s = int((now() - waiting.oldest_at).total_seconds())
        log.error("events_out_late", waiting=waiting.count, oldest_age_s=age_s, reason=reason)
