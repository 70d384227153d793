"""Reminds who answers for complaints: one of the loops of the clock."""

import asyncio

import structlog

from bot.planner.calendar import WorkingCalendar
from bot.services.feedback.owners import remind_owners
from bot.services.ports import Clock, OpenUnitOfWork

LOOK_EVERY_S = 900.0
"""Days are counted, so that nobody waits for minutes."""

log = structlog.get_logger()


async def run_feedback_watch(
    unit_of_work: OpenUnitOfWork, *, calendar: WorkingCalendar, now: Clock
) -> None:
    """Look until cancelled; of several hubs one writes each reminder."""
    while True:
        try:
            reminded, escalated = await asyncio.to_thread(
                remind_owners, unit_of_work, calendar, now=now()
            )
            if reminded or escalated:
                log.info("feedback_owners_reminded", reminded=reminded, escalated=escalated)
        except Exception:  # a database that is away now is back at the next round
            log.exception("feedback_watch_failed")
        await asyncio.sleep(LOOK_EVERY_S)
