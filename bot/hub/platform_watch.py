"""Listens to the approval platform: one of the loops of the hub's clock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import anyio
import structlog

from bot.hub.wakeups import NEWS, OUTBOX, PLATFORM, Wakeups, conversation_topic
from bot.services.platform.feed import (
    Feed,
    answer_ask,
    claim_asks,
    claim_copies,
    fetch_copy,
    give_up_asks,
    poll_changes,
)

LOOK_EVERY_S = 1.0
THREADS = 12
"""A platform that takes a minute must not hold up anything else that runs in threads."""

Work = TypeVar("Work")
log = structlog.get_logger()


async def run_platform_watch(feed: Feed, wakeups: Wakeups) -> None:
    """Listen until cancelled; several hubs doing so at once are harmless."""
    limiter = anyio.CapacityLimiter(THREADS)
    await asyncio.gather(
        _loop(wakeups, lambda: _poll(feed, wakeups, limiter)),
        _loop(wakeups, lambda: _fetch(feed, wakeups, limiter)),
        _loop(wakeups, lambda: _answer(feed, wakeups, limiter)),
    )


async def _loop(wakeups: Wakeups, work: Callable[[], Awaitable[None]]) -> None:
    with wakeups.listen(PLATFORM) as bell:
        while True:
            try:
                await work()
            except Exception:  # a database that is away now is back at the next round
                log.exception("platform_watch_failed")
            await bell.wait(LOOK_EVERY_S)


async def _poll(feed: Feed, wakeups: Wakeups, limiter: anyio.CapacityLimiter) -> None:
    if await anyio.to_thread.run_sync(poll_changes, feed, limiter=limiter):
        wakeups.ring(PLATFORM)


async def _fetch(feed: Feed, wakeups: Wakeups, limiter: anyio.CapacityLimiter) -> None:
    copies = await anyio.to_thread.run_sync(claim_copies, feed, limiter=limiter)
    if any(await _all(lambda copy: fetch_copy(feed, copy), copies, limiter)):
        wakeups.ring(NEWS)


async def _answer(feed: Feed, wakeups: Wakeups, limiter: anyio.CapacityLimiter) -> None:
    asks = await anyio.to_thread.run_sync(claim_asks, feed, limiter=limiter)
    told = await _all(lambda ask: answer_ask(feed, ask), asks, limiter)
    ended = await anyio.to_thread.run_sync(give_up_asks, feed, limiter=limiter)
    answered = [ask.conversation_id for ask, done in zip(asks, told, strict=True) if done]
    for conversation_id in (*answered, *ended):
        wakeups.ring(OUTBOX, conversation_topic(conversation_id))


async def _all(
    do: Callable[[Work], bool], work: Sequence[Work], limiter: anyio.CapacityLimiter
) -> list[bool]:
    """Do all at once, each in a thread."""

    async def one(item: Work) -> bool:
        return await anyio.to_thread.run_sync(do, item, limiter=limiter)

    return list(await asyncio.gather(*(one(item) for item in work)))
