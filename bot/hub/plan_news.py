"""Keeps open plans up to date and tells their readers: one of the loops of the hub's clock."""

import asyncio

import structlog

from bot.hub.wakeups import OUTBOX, Wakeups, conversation_topic
from bot.services.plans.news import PlanNewsTexts
from bot.services.plans.recipe import PlanComposer
from bot.services.plans.recompute import recompute_plans
from bot.services.plans.reminders import tell_plan_news
from bot.services.ports import Clock, OpenUnitOfWork

NEWS_EVERY_S = 20.0

BATCH = 50
"""Plans recomputed in one transaction while the hub serves people."""

log = structlog.get_logger()


async def run_plan_news(
    unit_of_work: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    composer: PlanComposer,
    texts: PlanNewsTexts,
    now: Clock,
    every_s: float = NEWS_EVERY_S,
) -> None:
    """Recompute and tell until cancelled; several hubs doing so at once do everything once.

    Only the hub that started last recomputes: while one with a newer calendar is being brought
    in, the older one does not undo its work.
    """
    has_begun = False
    while True:
        try:
            if not has_begun:
                await asyncio.to_thread(_begin, unit_of_work, composer, now)
                has_begun = True
            await asyncio.to_thread(_recompute, unit_of_work, composer, texts, now)
            told = await asyncio.to_thread(
                tell_plan_news, unit_of_work, composer, texts=texts, now=now()
            )
            for conversation_id in told:
                wakeups.ring(OUTBOX, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("plan_news_failed")
        await asyncio.sleep(every_s)


def _begin(unit_of_work: OpenUnitOfWork, composer: PlanComposer, now: Clock) -> None:
    with unit_of_work() as uow:
        uow.plan_lives.begin_rules(composer.fingerprint, now())


def _recompute(
    unit_of_work: OpenUnitOfWork, composer: PlanComposer, texts: PlanNewsTexts, now: Clock
) -> None:
    with unit_of_work() as uow:
        is_newest = uow.plan_lives.newest_rules() == composer.fingerprint
        is_stale = is_newest and uow.plan_lives.count_stale(composer.fingerprint) > 0
    if is_stale:
        done = recompute_plans(unit_of_work, composer, texts=texts, now=now(), batch=BATCH)
        log.info("plans_recomputed", looked_at=done.looked_at, moved=done.moved, broken=done.broken)
