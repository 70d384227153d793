"""Looks for hot issues: one of the loops of the clock."""

import asyncio

import structlog

from bot.hub.wakeups import DESK, Wakeups
from bot.services.ports import Clock
from bot.services.tickets.hot_watch import HotWatch, sweep_hot

WATCH_EVERY_S = 60.0

log = structlog.get_logger()


async def run_hot_watch(
    watch: HotWatch, wakeups: Wakeups, *, now: Clock, every_s: float = WATCH_EVERY_S
) -> None:
    """Sweep until cancelled; several hubs doing so at once raise each issue once.

    Begins after the first pause, so that a starting hub serves people first.
    """
    while True:
        await asyncio.sleep(every_s)
        try:
            done = await asyncio.to_thread(sweep_hot, watch, now=now())
            for issue_id in done.raised:
                log.info("hot_issue_raised", issue_id=issue_id)
            if done.raised or done.joined:
                wakeups.ring(DESK)
        except Exception:  # a database that is away now is back at the next round
            log.exception("hot_watch_failed")
