"""Takes contact data out of what erased persons left, once it is over: one loop of the clock."""

import asyncio

import structlog

from bot.services.ports import OpenUnitOfWork
from bot.services.privacy.erasure import mask_finished

WATCH_EVERY_S = 60.0

log = structlog.get_logger()


async def run_privacy_watch(
    unit_of_work: OpenUnitOfWork, *, every_s: float = WATCH_EVERY_S
) -> None:
    """Watch until cancelled; several hubs doing so at once are harmless."""
    while True:
        try:
            masked = await asyncio.to_thread(mask_finished, unit_of_work)
            if masked:
                log.info("contact_data_masked", count=masked)
        except Exception:  # a database that is away now is back at the next round
            log.exception("privacy_watch_failed")
        await asyncio.sleep(every_s)
