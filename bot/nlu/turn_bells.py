"""Tells who waits for a conversation that it is their turn, in the moment in which it is.

One subscription a server, made when somebody first has to wait. A bell that is not heard, because
the line to Redis broke, costs no more than a look: whoever waits looks by itself as well.
"""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from redis import asyncio as redis_asyncio
from redis.exceptions import RedisError

CHANNEL = "xiaoer:turn-bell:"
CONNECT_S = 2.0
LISTEN_S = 1.0
RECONNECT_S = 1.0
LOOK_S = 0.02
"""How often one looks who hears no bells."""

LOOK_BESIDE_S = 0.08
"""How often one looks who does; the place of a dead server falls free without a bell."""


class TurnBells:
    """Rings for those of this server who wait.

    Args:
        url: Of Redis; nothing is connected before somebody waits.

    Attributes:
        owner: This server's name among all; who leaves rings at `CHANNEL` + owner.
    """

    def __init__(self, url: str) -> None:
        self.owner = uuid.uuid4().hex
        self._url = url
        self._waiting: dict[str, asyncio.Event] = {}
        self._hearing: asyncio.Task[None] | None = None
        self._is_heard = False

    @contextmanager
    def listen(self, name: str) -> Iterator[asyncio.Event]:
        """Give a bell for the length of a `with` block; enter it before looking."""
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.create_task(self._hear())
        bell = self._waiting[name] = asyncio.Event()
        try:
            yield bell
        finally:
            del self._waiting[name]

    async def wait(self, bell: asyncio.Event) -> None:
        """Return when the bell rings, or when it is time to look again."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(bell.wait(), LOOK_BESIDE_S if self._is_heard else LOOK_S)
        bell.clear()

    async def close(self) -> None:
        """End the subscription."""
        if self._hearing is not None:
            self._hearing.cancel()
            with suppress(asyncio.CancelledError):
                await self._hearing

    async def _hear(self) -> None:
        while True:
            client: Any = redis_asyncio.Redis.from_url(self._url, socket_connect_timeout=CONNECT_S)
            with suppress(RedisError, OSError, asyncio.TimeoutError):
                await self._hear_until_it_breaks(client)
            self._is_heard = False
            await client.connection_pool.disconnect()
            await asyncio.sleep(RECONNECT_S)

    async def _hear_until_it_breaks(self, client: Any) -> None:  # generic in its stubs only
        async with client.pubsub() as heard:
            await heard.subscribe(f"{CHANNEL}{self.owner}")
            while True:
                message = await heard.get_message(timeout=LISTEN_S)
                if message is None:
                    continue
                self._is_heard = True  # the first one says that the subscription stands
                if message["type"] == "message":
                    self._ring(message["data"].decode())

    def _ring(self, name: str) -> None:
        bell = self._waiting.get(name)
        if bell is not None:
            bell.set()
