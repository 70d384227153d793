"""Counts months for the open statistics when they are over: one of the loops of the clock.

Names and numbers of talks that are long over go on the way.
"""

import asyncio

import structlog

from bot.domain.catalogue import Catalogue
from bot.planner.calendar import WorkingCalendar
from bot.services.meetings.meetings import forget_signups
from bot.services.operating.open_counts import count_months
from bot.services.ports import Clock, OpenUnitOfWork

LOOK_EVERY_S = 3600.0
FIRST_LOOK_S = 60.0
"""A starting hub serves people first; a first count over a year of events takes a while."""

log = structlog.get_logger()


async def run_open_count(
    reading: OpenUnitOfWork,
    unit_of_work: OpenUnitOfWork,
    *,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    now: Clock,
    first_s: float = FIRST_LOOK_S,
) -> None:
    """Look until cancelled; of several hubs one writes a month."""
    await asyncio.sleep(first_s)
    while True:
        try:
            written = await asyncio.to_thread(
                count_months,
                reading,
                unit_of_work,
                now=now(),
                calendar=calendar,
                catalogue=catalogue,
            )
            await asyncio.to_thread(forget_signups, unit_of_work, now=now())
            for month in written:
                log.info("month_counted", month=f"{month:%Y-%m}")
        except Exception:  # a database that is away now is back at the next round
            log.exception("months_not_counted")
        await asyncio.sleep(LOOK_EVERY_S)
