"""Wake-ups between several hubs by Redis publish and subscribe."""

import asyncio
from contextlib import AbstractContextManager

import structlog
from redis import asyncio as redis_asyncio
from redis.exceptions import RedisError

from bot.hub.wakeups import Bell, LocalWakeups

CHANNEL = "xiaoer:wakeups"
RECONNECT_S = 2.0
MAX_WAITING_RINGS = 1000
"""Rings kept while Redis is away; more are dropped, every waiter also looks by itself."""

log = structlog.get_logger()


class RedisWakeups:
    """Rings here at once, and in the other hubs by way of Redis."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._local = LocalWakeups()
        self._outgoing: asyncio.Queue[str] = asyncio.Queue(MAX_WAITING_RINGS)
        self._loop: asyncio.AbstractEventLoop | None = None

    def ring(self, *topics: str) -> None:
        """Wake all who listen to these topics; callable from any thread, never blocks."""
        self._local.ring(*topics)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._enqueue, topics)

    def listen(self, topic: str) -> AbstractContextManager[Bell]:
        """Give a bell for the length of a `with` block; enter it before reading."""
        return self._local.listen(topic)

    async def run(self) -> None:
        """Carry rings to and from Redis until cancelled; reconnects by itself."""
        self._loop = asyncio.get_running_loop()
        client = redis_asyncio.from_url(  # type: ignore[no-untyped-call]
            self._url, socket_timeout=2.0, socket_connect_timeout=2.0
        )
        try:
            await asyncio.gather(self._keep(self._publish, client), self._keep(self._hear, client))
        finally:
            self._loop = None
            # redis 5 and newer, on the other Python, has renamed it
            close = getattr(client, "aclose", client.close)
            await close(close_connection_pool=True)

    def _enqueue(self, topics: tuple[str, ...]) -> None:
        for topic in topics:
            if not self._outgoing.full():
                self._outgoing.put_nowait(topic)

    async def _keep(self, job, client) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - redis 4.6 is generic in its stubs only
        while True:
            try:
                await job(client)
            except (RedisError, OSError) as error:  # noqa: PERF203 - a loop of seconds
                log.warning("redis_wakeups_lost", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_S)

    async def _publish(self, client) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - see _keep
        while True:
            await client.publish(CHANNEL, await self._outgoing.get())

    async def _hear(self, client) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - see _keep
        async with client.pubsub(ignore_subscribe_messages=True) as subscription:
            await subscription.subscribe(CHANNEL)
            while True:
                heard = await subscription.get_message(timeout=1.0)
                if heard is not None:
                    self._local.ring(heard["data"].decode())
