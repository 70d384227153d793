"""Watches the clocks of whistles and tells businesses the news: two loops of the hub's clock."""

import asyncio

import structlog

from bot.domain.case_rules import CaseRules
from bot.domain.catalogue import Catalogue
from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.tickets.news import TicketNewsTexts, announce_steps
from bot.services.tickets.watch import BATCH, TicketWatch, current_key, recompute, sweep

WATCH_EVERY_S = 3.0
NEWS_EVERY_S = 1.0

log = structlog.get_logger()


async def run_ticket_watch(
    watch: TicketWatch, wakeups: Wakeups, *, now: Clock, every_s: float = WATCH_EVERY_S
) -> None:
    """Watch until cancelled; several hubs doing so at once fire everything once.

    When the rules or the calendar have changed since the clocks were counted, open tickets are
    counted again in small batches while the hub serves people.
    """
    counted_with = ""
    while True:
        is_busy = False
        try:
            key = await asyncio.to_thread(current_key, watch)
            if key != counted_with and not await asyncio.to_thread(recompute, watch, now=now()):
                counted_with = key
            fired = await asyncio.to_thread(sweep, watch, now=now())
            for one in fired:
                log.info("ticket_clock_fired", ticket_id=one.ticket_id, level=one.level + 1)
            if fired:
                wakeups.ring(DESK)
            is_busy = key != counted_with or len(fired) == BATCH
        except Exception:  # a database that is away now is back at the next round
            log.exception("ticket_watch_failed")
        await asyncio.sleep(0 if is_busy else every_s)


async def run_ticket_news(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    texts: TicketNewsTexts,
    rules: CaseRules,
    catalogue: Catalogue,
    now: Clock,
    every_s: float = NEWS_EVERY_S,
) -> None:
    """Tell until cancelled; several hubs doing so at once tell everything once."""
    while True:
        try:
            told = await asyncio.to_thread(
                announce_steps,
                unit_of_work,
                texts=texts,
                rules=rules,
                catalogue=catalogue,
                now=now(),
            )
            for conversation_id in told:
                wakeups.ring(OUTBOX, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("ticket_news_failed")
        await asyncio.sleep(every_s)
