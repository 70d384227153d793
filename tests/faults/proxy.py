"""A TCP proxy between two parts that makes the line slow, dead or half open."""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot.operations.ports_free import free_port

CHUNK = 65_536
LINGER_NOT = struct.pack("ii", 1, 0)
"""Closing sends a reset instead of a polite end."""


class Proxy:
    """Passes bytes on to a port of loopback; from then on as told.

    Attributes:
        port: Where it listens.
        delay_s: What each piece waits before it is passed on.
    """

    def __init__(self, target_port: int) -> None:
        self.port = free_port()
        self.delay_s = 0.0
        self._target = target_port
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._is_cut = False
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._call(self._listen())

    def reset(self) -> None:
        """Break all connections; new ones are taken."""
        self._call(self._break_all())

    def cut(self, *, is_cut: bool) -> None:
        """Break all connections and take no more, or take them again."""
        self._is_cut = is_cut
        self.reset()

    def stall(self, *, is_stalled: bool) -> None:
        """Take connections and bytes and pass none on: the other end is never heard of."""
        act = self._flows.clear if is_stalled else self._flows.set
        self._loop.call_soon_threadsafe(act)

    def close(self) -> None:
        """Break everything and listen no more."""
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        self._flows.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if self._is_cut:
                return
            there, to_there = await asyncio.open_connection("127.0.0.1", self._target)
            self._open.add(to_there)
            await asyncio.gather(self._pass(reader, to_there), self._pass(there, writer))
        except OSError:
            pass  # the other end is away
        finally:
            _abort(writer)
            self._open.discard(writer)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while piece := await source.read(CHUNK):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                await self._flows.wait()
                target.write(piece)
                await target.drain()
        except OSError:
            _abort(target)
        finally:
            self._open.discard(target)
            target.close()

    async def _break_all(self) -> None:
        for writer in list(self._open):
            _abort(writer)
        self._open.clear()

    async def _end(self) -> None:
        self._server.close()
        await self._break_all()
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    def _call(self, job: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(job, self._loop).result()


def _abort(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):  # closed meanwhile
        line = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    writer.transport.abort()
