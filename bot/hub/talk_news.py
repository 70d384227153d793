"""Tells people of talks with business: one of the loops of the clock."""

import asyncio

import structlog

from bot.domain.case_rules import CaseRules
from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.meetings.news import tell_of_talks
from bot.services.meetings.words import TalkWords
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.times.local_time import LOCAL

LOOK_EVERY_S = 60.0

log = structlog.get_logger()


async def run_talk_news(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    words: TalkWords,
    rules: CaseRules,
    now: Clock,
    every_s: float = LOOK_EVERY_S,
) -> None:
    """Look until cancelled; in the quiet hours nobody is told, it waits."""
    while True:
        try:
            if not rules.quiet.covers(now().astimezone(LOCAL)):
                told = await asyncio.to_thread(tell_of_talks, unit_of_work, words, now=now())
                for conversation_id in told:
                    wakeups.ring(OUTBOX, DESK, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("talk_news_failed")
        await asyncio.sleep(every_s)
