"""Several Rasa servers, one lock a conversation. Imports Rasa, which takes a while."""

import asyncio
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from bot.nlu import turn_bells
from bot.nlu.conversation_locks import PREFIX, ConversationLocks
from tests.databases import RedisServer, redis_server

REPLICAS, CONVERSATIONS, AT_ONCE = 4, 60, 3
SIDE_BY_SIDE = 12
TURN_S = 0.002
LIFETIME_S = 2.0


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("no Redis server on this machine: install Debian's redis-server")
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@asynccontextmanager
async def locks(redis: RedisServer, lifetime_s: float = 15.0) -> AsyncIterator[ConversationLocks]:
    store = ConversationLocks(EndpointConfig(url=redis.url), lifetime_s)
    yield store
    await store.close()


def test_four_servers_never_overlap_and_lose_no_update(redis: RedisServer) -> None:
    """720 turns, each reads a counter, waits, and writes it back."""
    counters: defaultdict[int, int] = defaultdict(int)
    inside: Counter[int] = Counter()
    overlaps: list[int] = []

    async def turn(store: ConversationLocks, number: int) -> None:
        async with store.lock(f"many-{number}"):
            inside[number] += 1
            overlaps.extend([number] * (inside[number] > 1))
            seen = counters[number]
            await asyncio.sleep(TURN_S)
            counters[number] = seen + 1
            inside[number] -= 1

    async def replica() -> None:
        async with locks(redis) as store:
            for first in range(0, CONVERSATIONS, SIDE_BY_SIDE):
                numbers = list(range(first, first + SIDE_BY_SIDE)) * AT_ONCE
                await asyncio.gather(*(turn(store, number) for number in numbers))

    with ThreadPoolExecutor(REPLICAS) as threads:
        running = [threads.submit(asyncio.run, replica()) for _ in range(REPLICAS)]
        for one in running:
            one.result()

    assert overlaps == []
    assert dict(counters) == dict.fromkeys(range(CONVERSATIONS), REPLICAS * AT_ONCE)


async def queued(store: ConversationLocks, name: str) -> int:
    return int(await store._redis.llen(f"{PREFIX}:{{{name}}}:queue"))


async def test_who_waits_goes_in_soon_after_the_release_and_in_order(redis: RedisServer) -> None:
    entered: list[int] = []
    gaps_s: list[float] = []
    released_at = 0.0

    async def turn(store: ConversationLocks, number: int) -> None:
        nonlocal released_at
        async with store.lock("soon"):
            gaps_s.append(time.monotonic() - released_at)
            entered.append(number)
            await asyncio.sleep(0.05)
            released_at = time.monotonic()

    async with locks(redis) as first, locks(redis) as second:
        tasks = []
        for number in range(6):
            store = (first, second)[number % 2]
            tasks.append(asyncio.create_task(turn(store, number)))
            while await queued(first, "soon") + len(entered) <= number:  # noqa: ASYNC110
                await asyncio.sleep(0)  # each draws its number before the next
        await asyncio.gather(*tasks)

    assert entered == list(range(6))
    assert sorted(gaps_s[1:])[2] < 0.5, "stock Rasa looks once a second"


async def test_who_leaves_rings_for_the_next_who_need_not_look(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_bells, "LOOK_BESIDE_S", 600.0)
    entered = asyncio.Event()

    async def later(store: ConversationLocks) -> None:
        async with store.lock("bell"):
            entered.set()

    async with locks(redis) as one, locks(redis) as other:
        async with one.lock("bell"):
            waiting = asyncio.create_task(later(other))
            while not other._bells._is_heard:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            assert not entered.is_set()
        await asyncio.wait_for(entered.wait(), 60)
        await waiting


async def test_the_place_of_a_dead_server_is_free_after_its_lifetime(redis: RedisServer) -> None:
    async with locks(redis, lifetime_s=0.3) as dead, locks(redis) as alive:
        await dead._draw("dead")  # and nobody says again that it lives
        async with alive.lock("dead") as held:
            assert held


async def test_a_turn_longer_than_the_lifetime_keeps_its_place(redis: RedisServer) -> None:
    order: list[str] = []

    async def later(store: ConversationLocks) -> None:
        async with store.lock("long"):
            order.append("second")

    async with locks(redis, LIFETIME_S) as one, locks(redis) as other:
        async with one.lock("long"):
            waiting = asyncio.create_task(later(other))
            await asyncio.sleep(LIFETIME_S * 1.2)
            order.append("first")
        await waiting

    assert order == ["first", "second"]


async def test_without_redis_a_turn_fails_instead_of_going_in_alone(tmp_path: Path) -> None:
    with redis_server(tmp_path) as server:
        async with locks(server) as store:
            async with store.lock("gone"):
                pass
            server.stop()
            with pytest.raises(LockError):
                async with store.lock("gone"):
                    raise AssertionError("nobody may go in")
            server.start()
            async with store.lock("gone") as held:
                assert held


async def test_without_an_address_the_locks_are_in_memory() -> None:
    store = ConversationLocks(EndpointConfig(url=""))
    async with store.lock("here"):
        assert store.conversation_locks.keys() == {"here"}
    assert not store.conversation_locks
