"""Tells followers that their case has moved: one of the loops of the hub's clock."""

import asyncio

import structlog

from bot.domain.case_rules import CaseRules
from bot.hub.wakeups import NEWS, OUTBOX, Wakeups, conversation_topic
from bot.services.cases.news import CaseNewsTexts, announce_moves
from bot.services.ports import Clock, OpenUnitOfWork

NEWS_EVERY_S = 1.0

log = structlog.get_logger()


async def run_case_news(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    texts: CaseNewsTexts,
    rules: CaseRules,
    now: Clock,
    every_s: float = NEWS_EVERY_S,
) -> None:
    """Announce until cancelled; several hubs doing so at once tell everything once."""
    with wakeups.listen(NEWS) as bell:
        while True:
            try:
                told = await asyncio.to_thread(
                    announce_moves, unit_of_work, texts=texts, rules=rules, now=now()
                )
                for conversation_id in told:
                    wakeups.ring(OUTBOX, conversation_topic(conversation_id))
            except Exception:  # a database that is away now is back at the next round
                log.exception("case_news_failed")
            await bell.wait(every_s)
