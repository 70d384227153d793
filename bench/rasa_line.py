"""A line between the hub and Rasa that notes when a message comes and when its answer has gone."""

import asyncio
import threading
import time
from contextlib import closing, suppress

from bot.operations.ports_free import free_port

CHUNK = 65_536
ASKS = b"POST /webhooks/hub/webhook"


class RasaLine:
    """Passes bytes on between the hub and Rasa, and keeps two moments of the last message.

    Attributes:
        port: Where it listens.
        asked_at: When the first byte of the last message came from the hub, in seconds of
            `time.perf_counter`.
        answered_at: When the last byte from Rasa had gone to the hub.
    """

    def __init__(self, target_port: int) -> None:
        self.port = free_port()
        self.asked_at = self.answered_at = 0.0
        self._target = target_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def close(self) -> None:
        """Listen no more, and end the connections."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _end(self) -> None:
        carried = asyncio.all_tasks() - {asyncio.current_task()}
        for task in carried:
            task.cancel()
        await asyncio.gather(*carried, return_exceptions=True)

    async def _listen(self) -> None:
        await asyncio.start_server(self._connect, "127.0.0.1", self.port)

    async def _connect(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        with suppress(OSError), closing(near_out):  # Rasa may not listen yet
            far, far_out = await asyncio.open_connection("127.0.0.1", self._target)
            await asyncio.gather(self._ask(near, far_out), self._answer(far, near_out))

    async def _ask(self, near: asyncio.StreamReader, far_out: asyncio.StreamWriter) -> None:
        while piece := await near.read(CHUNK):
            if piece.startswith(ASKS):
                self.asked_at = time.perf_counter()
            far_out.write(piece)
        far_out.close()

    async def _answer(self, far: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        while piece := await far.read(CHUNK):
            near_out.write(piece)  # sent at once: the socket's buffer takes more than an answer
            self.answered_at = time.perf_counter()
        near_out.close()
