"""Reminds applicants of papers that come later: one of the loops of the hub's clock."""

import asyncio

import structlog

from bot.hub.wakeups import OUTBOX, Wakeups, conversation_topic
from bot.planner.calendar import WorkingCalendar
from bot.services.applications.texts import ApplicationTexts
from bot.services.papers.paper_reminders import remind_of_papers
from bot.services.ports import Clock, OpenUnitOfWork

REMIND_EVERY_S = 60.0

log = structlog.get_logger()


async def run_paper_reminders(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    texts: ApplicationTexts,
    calendar: WorkingCalendar,
    now: Clock,
    every_s: float = REMIND_EVERY_S,
) -> None:
    """Remind until cancelled; several hubs doing so at once remind once."""
    while True:
        try:
            told = await asyncio.to_thread(
                remind_of_papers, unit_of_work, texts=texts, calendar=calendar, now=now()
            )
            for conversation_id in told:
                wakeups.ring(OUTBOX, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("paper_reminders_failed")
        await asyncio.sleep(every_s)
