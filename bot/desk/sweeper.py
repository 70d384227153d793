"""Keeps the queue honest: conversations of silent desks go back, old login failures go away.

Conversations are counted for the reports on the way, and messages put into the search index.
"""

import asyncio
from datetime import datetime, timedelta

import structlog
from starlette.concurrency import run_in_threadpool

from bot.bootstrap import App
from bot.domain.handovers import DeskTexts
from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.accounts.accounts import forget_old_attempts
from bot.services.desk import queue as desk_queue
from bot.services.desk import search as desk_search
from bot.services.desk.handover import sweep_lost_claims
from bot.services.learning.misread import forget_old
from bot.services.operating.talk_counts import BATCH, count_new
from bot.store.desk_texts import load_desk_texts

SWEEP_EVERY_S = 10.0
QUEUE_EVERY_S = 1.0
"""Shortest time between two looks at the queue; each ring of the desk causes one."""

FORGET_EVERY = timedelta(hours=1)
BATCHES_A_SWEEP = 10

INDEX_BATCH, INDEX_BATCHES, INDEX_REST_S = 25, 200, 0.05
"""Messages that go into the search index at once, how often in a sweep, and the rest after each
time: nobody waits for them, and what people write meanwhile must not wait behind them."""

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
                await run_in_threadpool(forget_old, app.unit_of_work, now=app.now())
                forgot_at = app.now()
            await run_in_threadpool(_count, app)
            await index_slowly(app)
        except Exception:  # a database that is away now is back at the next round
            log.exception("sweep_failed")
        await asyncio.sleep(every_s)


def _count(app: App) -> None:
    """Count what was said; a first count over a large database goes on at the next sweeps."""
    for _ in range(BATCHES_A_SWEEP):
        if count_new(app.unit_of_work, now=app.now()) < BATCH:
            return


async def index_slowly(app: App) -> None:
    """Put messages into the search index; whoever searches does so first with what came since."""
    for _ in range(INDEX_BATCHES):
        put = await run_in_threadpool(desk_search.index_new, app.unit_of_work, limit=INDEX_BATCH)
        if put < INDEX_BATCH:
            return
        await asyncio.sleep(INDEX_REST_S)


async def run_queue(app: App, wakeups: Wakeups, *, every_s: float = SWEEP_EVERY_S) -> None:
    """Keep the queue moving until cancelled: turns, waits, what comes back.

    Looks after each ring of the desk, and by itself every `every_s` seconds for what time brings.
    Several hubs doing so at once are harmless.
    """
    texts = load_desk_texts(app.settings.data_dir)
    with wakeups.listen(DESK) as bell:
        while True:
            try:
                changed = await run_in_threadpool(_look, app, texts)
                if changed:
                    wakeups.ring(DESK, OUTBOX, *(conversation_topic(one) for one in changed))
            except Exception:  # a database that is away now is back at the next round
                log.exception("queue_not_moved")
            await asyncio.sleep(QUEUE_EVERY_S)
            await bell.wait(every_s)


def _look(app: App, texts: DeskTexts) -> set[str]:
    now, store = app.now(), app.unit_of_work
    changed = set(desk_queue.bring_back(store, now=now))
    changed |= set(desk_queue.give_turns(store, reading=app.reading, now=now))
    changed |= set(desk_queue.tell_waiting(store, reading=app.reading, now=now, texts=texts))
    return changed
