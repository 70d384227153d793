"""Keeps the queue honest: conversations of silent desks go back, old login failures go away."""

import asyncio
from datetime import datetime, timedelta

import structlog
from starlette.concurrency import run_in_threadpool

from bot.bootstrap import App
from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.accounts import forget_old_attempts
from bot.services.handover import sweep_lost_claims
from bot.store.desk_texts import load_desk_texts

SWEEP_EVERY_S = 10.0
FORGET_EVERY = timedelta(hours=1)

log = structlog.get_logger()


async def run_sweeper(app: App, wakeups: Wakeups, *, every_s: float = SWEEP_EVERY_S) -> None:
    """Sweep until cancelled; several hubs doing so at once are harmless."""
    texts = load_desk_texts(app.settings.data_dir)
    forgot_at: datetime | None = None
    while True:
        try:
            swept = await run_in_threadpool(
                sweep_lost_claims, app.unit_of_work, now=app.now(), texts=texts
            )
            for conversation_id in swept:
                log.info("claim_lost", conversation_id=conversation_id)
                wakeups.ring(DESK, OUTBOX, conversation_topic(conversation_id))
            if forgot_at is None or app.now() - forgot_at >= FORGET_EVERY:
                await run_in_threadpool(forget_old_attempts, app.unit_of_work, now=app.now())
                forgot_at = app.now()
        except Exception:  # a database that is away now is back at the next round
            log.exception("sweep_failed")
        await asyncio.sleep(every_s)
