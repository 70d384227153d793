"""Wake-ups: rung bells wake, lost ones cost a delay, and a waiter can always be cancelled."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.hub.redis_wakeups import RedisWakeups
from bot.hub.wakeups import WORK, LocalWakeups, Wakeups, conversation_topic
from bot.operations.ports_free import free_port
from tests.databases import redis_server


async def test_a_ring_wakes_those_who_listen_to_the_topic_only() -> None:
    wakeups = LocalWakeups()
    with wakeups.listen(WORK) as work, wakeups.listen(conversation_topic("c1")) as other:
        wakeups.ring(WORK)

        assert await work.wait(5)
        assert not await other.wait(0.01)


async def test_a_ring_before_the_wait_is_not_lost() -> None:
    wakeups = LocalWakeups()
    with wakeups.listen(WORK) as bell:
        wakeups.ring(WORK)
        wakeups.ring(WORK)
        await asyncio.sleep(0)

        assert await bell.wait(0.01)
        assert not await bell.wait(0.01), "two rings before a look are one look"


async def test_a_ring_from_another_thread_wakes() -> None:
    wakeups = LocalWakeups()
    with wakeups.listen(WORK) as bell:
        threading.Thread(target=wakeups.ring, args=(WORK,)).start()

        assert await bell.wait(5)


async def test_a_waiter_that_is_cancelled_and_rung_at_once_is_cancelled() -> None:
    """On Python 3.10 `asyncio.wait_for` would go on as if nothing had happened."""
    wakeups = LocalWakeups()
    with wakeups.listen(WORK) as bell:
        waiting = asyncio.create_task(bell.wait(10))
        await asyncio.sleep(0.01)
        bell.ring()
        waiting.cancel()

        with pytest.raises(asyncio.CancelledError):
            await waiting


def test_nothing_is_left_of_listeners_that_have_gone() -> None:
    async def listen() -> LocalWakeups:
        wakeups = LocalWakeups()
        with wakeups.listen(WORK):
            pass
        return wakeups

    assert not asyncio.run(listen())._bells


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    if shutil.which("redis-server") is None:
        pytest.skip("no Redis server on this machine: install Debian's redis-server")
    with redis_server(tmp_path) as server:
        yield server.url


async def hears(there: Wakeups, here: Wakeups) -> None:
    """Ring there until it is heard here: the two need a moment to connect."""
    with here.listen(WORK) as bell:
        for _attempt in range(100):
            there.ring(WORK)
            if await bell.wait(0.1):
                return
    raise AssertionError("never heard")


async def test_two_hubs_wake_each_other_by_redis(redis_url: str) -> None:
    one, other = RedisWakeups(redis_url), RedisWakeups(redis_url)
    running = [asyncio.create_task(hub.run()) for hub in (one, other)]
    await hears(one, other)
    await hears(other, one)
    for task in running:
        task.cancel()
    ended = await asyncio.gather(*running, return_exceptions=True)

    assert all(isinstance(error, asyncio.CancelledError) for error in ended)


async def test_without_redis_rings_still_work_within_the_process() -> None:
    wakeups = RedisWakeups(f"redis://127.0.0.1:{free_port()}")
    running = asyncio.create_task(wakeups.run())
    with wakeups.listen(WORK) as bell:
        await asyncio.sleep(0)
        wakeups.ring(WORK)

        assert await bell.wait(5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
