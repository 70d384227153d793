"""Runs what blocks beside the event loop.

`anyio.to_thread.run_sync` goes through a limiter, a cancel scope and several turns of the loop:
0.16 ms of a processor and 0.66 ms until it is back, for nothing done (26 November 2026, load 4 on
two cores), against 0.04 and 0.05 ms here. A message goes this way twice.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from bot.services.ports import OpenUnitOfWork

Result = TypeVar("Result")


class Threads:
    """Some threads, started when they are first needed; they end with this object.

    Args:
        most: So many jobs at once; more wait for one another.
    """

    def __init__(self, most: int) -> None:
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="hub")

    async def run(self, job: Callable[[], Result]) -> Result:
        """Run a job with the context of the caller, and return what it returns.

        A job that has begun is waited for, also by a caller who is cancelled meanwhile: whoever
        cleans up after a cancellation finds nothing still going on.

        Raises:
            Exception: Whatever the job raises.
        """
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._pool, copy_context().run, job)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            while not running.done():
                await _until(running)
            if not running.cancelled():
                running.exception()  # looked at, so that nobody is told of an error of nobody's
            raise


class InThreads:
    """Runs use cases in some threads.

    Args:
        unit_of_work: Opens their transactions.
        most: So many at once.
    """

    def __init__(self, unit_of_work: OpenUnitOfWork, most: int) -> None:
        self._unit_of_work = unit_of_work
        self._threads = Threads(most)

    async def run(self, job: Callable[[OpenUnitOfWork], Result]) -> Result:
        """Run a use case; see `Threads.run`."""
        return await self._threads.run(partial(job, self._unit_of_work))


async def _until(running: "asyncio.Future[Result]") -> None:
    try:
        await asyncio.wait({running})
    except asyncio.CancelledError:  # told already: the first one is raised at the end
        return
