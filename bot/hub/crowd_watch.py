"""Tells people who wait because too many write at once: one loop of the clock."""

import asyncio
import time

import structlog

from bot.domain.conversations import Reply
from bot.hub.wakeups import OUTBOX, Wakeups, conversation_topic
from bot.services.conversations.overload import TOLD_AT_ONCE, tell_of_the_crowd
from bot.services.ports import Clock, OpenUnitOfWork

WATCH_EVERY_S = 2.0
AGAIN_S = 0.1
"""After a full round. Many small ones: the hub has its hands full with taking in messages then."""

LOOKED_IN_PART = 4
"""A look at a long line takes long, and is made in so small a part of the time."""

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
        began, pause_s = time.monotonic(), every_s
        try:
            told = await asyncio.to_thread(tell_of_the_crowd, unit_of_work, now=now(), line=line)
            for conversation_id in told:
                wakeups.ring(OUTBOX, conversation_topic(conversation_id))
            if told:
                log.warning("crowded", told=len(told))
            if len(told) == TOLD_AT_ONCE:
                pause_s = min(every_s, max(AGAIN_S, LOOKED_IN_PART * (time.monotonic() - began)))
        except Exception:  # a database that is away now is back at the next round
            log.exception("crowd_watch_failed")
        await asyncio.sleep(pause_s)
