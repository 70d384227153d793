"""Tells people who wait because too many write at once: one loop of the clock."""

import asyncio

import structlog

from bot.domain.conversations import Reply
from bot.hub.wakeups import OUTBOX, Wakeups, conversation_topic
from bot.services.overload import tell_of_the_crowd
from bot.services.ports import Clock, OpenUnitOfWork

WATCH_EVERY_S = 2.0

log = structlog.get_logger()


async def run_crowd_watch(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    line: Reply,
    now: Clock,
    every_s: float = WATCH_EVERY_S,
) -> None:
    """Watch until cancelled; several hubs doing so at once are harmless."""
    while True:
        try:
            told = await asyncio.to_thread(tell_of_the_crowd, unit_of_work, now=now(), line=line)
            for conversation_id in told:
                wakeups.ring(OUTBOX, conversation_topic(conversation_id))
            if told:
                log.warning("crowded", told=len(told))
        except Exception:  # a database that is away now is back at the next round
            log.exception("crowd_watch_failed")
        await asyncio.sleep(every_s)
