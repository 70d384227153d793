"""Counts requests over all hubs together, in Redis; by itself while Redis is away."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from redis import asyncio as redis_asyncio
from redis.exceptions import RedisError

from bot.web_limits import WINDOW_S, Counter

PREFIX = "xiaoer:limit"
CONNECTIONS = 16
TIMEOUT_S = 0.2
"""A request waits no longer for its number."""

AWAY_S = 5.0
"""How long Redis is left alone after it did not answer."""

_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""

log = structlog.get_logger()


class SharedCounter:
    """Counts per key within a minute, for all hubs at one Redis.

    Args:
        url: Of Redis; it keeps a key for two minutes at most.
        name: What is counted, so that an address and an account are two things.
        most: How many are taken; 0 takes all.
        clock: The time in seconds, the same for all hubs.
    """

    def __init__(
        self, url: str, name: str, most: int, clock: Callable[[], float] = time.time
    ) -> None:
        pool: Any = redis_asyncio.BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=TIMEOUT_S,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
        )
        self._redis: Any = redis_asyncio.Redis(connection_pool=pool)  # generic in its stubs only
        self._name = name
        self._most = most
        self._clock = clock
        self._own = Counter(most)
        self._away_until = 0.0

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.connection_pool.disconnect()

    async def takes(self, key: str) -> bool:
        """Count one and tell whether it is within the limit."""
        if not self._most:
            return True
        is_within = await self._own.takes(key)  # goes on from here when Redis goes away
        if time.monotonic() < self._away_until:
            return is_within
        window = int(self._clock() // WINDOW_S)
        place = f"{PREFIX}:{self._name}:{window}:{key}"
        try:
            count = int(await self._redis.eval(_COUNT, 1, place, 2 * WINDOW_S))
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._away_until = time.monotonic() + AWAY_S
            log.warning("shared_counts_lost", error=type(error).__name__)
            return is_within
        return count <= self._most
