"""Limits over several hubs at one Redis, and what becomes of them without it."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.hub.shared_counts import SharedCounter
from bot.web_limits import WINDOW_S
from tests.databases import RedisServer, redis_server

ADDRESS = "203.0.113.1"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("no Redis server on this machine: install Debian's redis-server")
    with redis_server(tmp_path) as server:
        yield server


@asynccontextmanager
async def hub(
    redis: RedisServer, name: str, most: int, at: list[float]
) -> AsyncIterator[SharedCounter]:
    counter = SharedCounter(redis.url, name, most, lambda: at[0])
    yield counter
    await counter.close()


async def test_two_hubs_count_one_address_together_and_anew_each_minute(redis: RedisServer) -> None:
    at = [0.0]
    async with hub(redis, "address", 3, at) as one, hub(redis, "address", 3, at) as two:
        taken = [await (one, two)[number % 2].takes(ADDRESS) for number in range(4)]
        other = await one.takes("203.0.113.2")
        async with hub(redis, "account", 3, at) as accounts:
            as_account = await accounts.takes(ADDRESS)
        at[0] = float(WINDOW_S)
        later = await two.takes(ADDRESS)

    assert taken == [True, True, True, False]
    assert (other, as_account, later) == (True, True, True)


async def test_without_redis_each_hub_counts_by_itself(redis: RedisServer) -> None:
    async with hub(redis, "address", 2, [0.0]) as alone:
        assert await alone.takes(ADDRESS)
        redis.stop()

        assert [await alone.takes(ADDRESS) for _ in range(2)] == [True, False]


async def test_no_limit_asks_nobody() -> None:
    assert await SharedCounter("redis://127.0.0.1:9", "address", 0).takes(ADDRESS)
