"""One turn of a conversation at a time, also when several Rasa servers share the work.

Rasa's own Redis store reads a lock, changes it and writes it back: two servers that do so at once
draw the same number, or one deletes the lock that the other waits for. Here a script inside
Redis draws the number, and nobody else acts meanwhile. Whoever leaves rings for the next one.
Whoever waits or works keeps their place by saying so; the place of a server that has died is free
after `LIFETIME_S`.

Without `XIAOER_REDIS_URL` the locks are in memory, which is right for a single Rasa server.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError
from rasa.utils.endpoints import EndpointConfig
from redis import asyncio as redis_asyncio
from redis.exceptions import RedisError

from bot.nlu.turn_bells import CHANNEL, TurnBells

LIFETIME_S = 15.0
"""A place that nobody has claimed again for so long is free."""

POLL_S = 0.02
REDIS_TIMEOUT_S = 2.0
CONNECTIONS = 32
PREFIX = "xiaoer:turn"

_DRAW = """
local number = redis.call('INCR', KEYS[1])
redis.call('RPUSH', KEYS[2], number)
redis.call('SET', KEYS[3] .. number, ARGV[3], 'PX', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return number
"""
"""Draws a number and queues it; its own key names the owner, who lives as long as the key."""

_LOOK = """
if redis.call('PEXPIRE', KEYS[3] .. ARGV[3], ARGV[1]) == 0 then return -1 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
local first = redis.call('LINDEX', KEYS[2], 0)
while first and redis.call('EXISTS', KEYS[3] .. first) == 0 do
    redis.call('LPOP', KEYS[2])
    first = redis.call('LINDEX', KEYS[2], 0)
end
if first == ARGV[3] then return 1 end
return first and 0 or -1
"""
"""Keeps the place, removes the dead in front: 1 "your turn", 0 "wait", -1 "your place is lost"."""

_LEAVE = """
redis.call('DEL', KEYS[3] .. ARGV[1])
local left = redis.call('LREM', KEYS[2], 0, ARGV[1])
local first = redis.call('LINDEX', KEYS[2], 0)
local owner = first and redis.call('GET', KEYS[3] .. first)
if owner then redis.call('PUBLISH', ARGV[2] .. owner, ARGV[3] .. first) end
return left
"""
"""Gives the place up and rings for who is first now; who is dead is removed by a look."""


class ConversationLocks(InMemoryLockStore):
    """Locks in Redis, or in memory where there is none.

    Args:
        endpoint_config: `lock_store` of `endpoints.yml`; its `url` may be empty.
        lifetime_s: How long a dead server's place is kept.
    """

    def __init__(
        self, endpoint_config: EndpointConfig | None = None, lifetime_s: float = LIFETIME_S
    ) -> None:
        super().__init__()
        url = endpoint_config.url if endpoint_config else None
        self._lifetime_s = lifetime_s
        self._redis: Any = None  # redis 4.6 is generic in its stubs only
        self._bells = TurnBells(url or "")
        if url:
            pool: Any = redis_asyncio.BlockingConnectionPool.from_url(
                url,
                max_connections=CONNECTIONS,
                timeout=REDIS_TIMEOUT_S,
                socket_timeout=REDIS_TIMEOUT_S,
                socket_connect_timeout=REDIS_TIMEOUT_S,
            )
            self._redis = redis_asyncio.Redis(connection_pool=pool)

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self._redis is not None:
            await self._bells.close()
            await self._redis.connection_pool.disconnect()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = POLL_S,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation for the length of a `with` block; others wait in their order.

        Raises:
            LockError: Redis is away, or it has forgotten this turn while it waited.
        """
        if self._redis is None:
            memory = super().lock(conversation_id, lock_lifetime, wait_time_in_seconds)
            async with memory as held:
                yield held
            return
        place = await self._draw(conversation_id)
        try:
            await self._await_turn(conversation_id, place)
            keeping = asyncio.create_task(self._keep(conversation_id, place))
            try:
                yield TicketLock(conversation_id)
            finally:
                keeping.cancel()
        finally:
            with suppress(LockError):  # it runs out by itself
                await asyncio.shield(self._leave(conversation_id, place))

    async def _draw(self, conversation_id: str) -> int:
        return await self._run(_DRAW, conversation_id, *self._lives(), self._bells.owner)

    async def _await_turn(self, conversation_id: str, place: int) -> None:
        if await self._is_ours(conversation_id, place):
            return
        with self._bells.listen(_bell(conversation_id, place)) as bell:
            while not await self._is_ours(conversation_id, place):
                await self._bells.wait(bell)

    async def _leave(self, conversation_id: str, place: int) -> None:
        await self._run(_LEAVE, conversation_id, place, CHANNEL, _bell(conversation_id, ""))

    async def _is_ours(self, conversation_id: str, place: int) -> bool:
        seen = await self._run(_LOOK, conversation_id, *self._lives(), place)
        if seen < 0:
            raise LockError(f"the place of a turn of {conversation_id} was lost")
        return seen == 1

    async def _keep(self, conversation_id: str, place: int) -> None:
        while True:
            await asyncio.sleep(self._lifetime_s / 3)
            with suppress(LockError):  # the next time may go through
                await self._is_ours(conversation_id, place)

    def _lives(self) -> Sequence[int]:
        own_ms = int(self._lifetime_s * 1000)
        return own_ms, own_ms * 10

    async def _run(self, script: str, conversation_id: str, *values: int | str) -> int:
        base = f"{PREFIX}:{{{conversation_id}}}"  # the braces keep the keys on one node
        keys = (f"{base}:last", f"{base}:queue", f"{base}:lives:")
        try:
            return int(await self._redis.eval(script, len(keys), *keys, *values))
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            raise LockError(f"no lock: {type(error).__name__}") from error


def _bell(conversation_id: str, place: int | str) -> str:
    return f"{conversation_id}:{place}"
