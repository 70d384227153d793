"""Watches the library of policies and tells who wants to hear: one of the loops of the clock."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.domain.catalogue import Catalogue
from bot.hub.wakeups import OUTBOX, Wakeups, conversation_topic
from bot.services.policies.telling import Write, tell_news
from bot.services.policies.watch import find_news
from bot.services.ports import Clock, OpenUnitOfWork

WATCH_EVERY_S = 60.0

log = structlog.get_logger()


async def run_policy_watch(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    catalogue: Catalogue,
    write: Write,
    is_quiet: Callable[[datetime], bool],
    now: Clock,
    every_s: float = WATCH_EVERY_S,
) -> None:
    """Look for news and tell them until cancelled; several hubs doing so tell each thing once.

    At night news are found and kept until the morning.
    """
    while True:
        try:
            found = await asyncio.to_thread(find_news, unit_of_work, catalogue, now())
            if found:
                log.info("policy_news_found", count=found)
            if not is_quiet(now()):
                told = await asyncio.to_thread(
                    tell_news, unit_of_work, catalogue, write=write, now=now()
                )
                for conversation_id in told:
                    wakeups.ring(OUTBOX, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("policy_watch_failed")
        await asyncio.sleep(every_s)
