"""Runs the heavy jobs in a process of their own, so that the hub goes on answering.

Drawing and PDF keep Python's lock for a second at a time: in a thread of the hub they would stop
every chat. The process is started and warmed right after the hub; when it dies, or a job takes too
long, the next job gets a new one.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

import structlog
from typing_extensions import ParamSpec

from bot.documents.jobs import warm_up
from bot.domain.errors import BotError

JOB_TIMEOUT_S = 30.0
MAX_WAITING = 32
"""Jobs that may wait; more would wait longer than anybody does."""

NICENESS = 5
"""Chats come first on a busy machine."""

log = structlog.get_logger()

P = ParamSpec("P")
Result = TypeVar("Result")


class WorkerBusy(BotError):
    """Too many documents are being made; asking again in a moment helps."""


class WorkerFailed(BotError):
    """The worker died or took too long at this job."""


def process_executor() -> Executor:
    """Return an executor of one process that is started anew, not forked out of the hub."""
    return ProcessPoolExecutor(
        max_workers=1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_settle,
    )


class PaperWorker:
    """One worker process and the jobs that wait for it.

    Args:
        make_executor: Another kind of executor, for tests of what stands around it.
        timeout_s: After so long a job is given up and the process replaced.
    """

    def __init__(
        self,
        make_executor: Callable[[], Executor] = process_executor,
        timeout_s: float = JOB_TIMEOUT_S,
    ) -> None:
        self._make_executor = make_executor
        self._timeout_s = timeout_s
        self._executor: Executor | None = None
        self._waiting = 0

    async def warm(self) -> None:
        """Start the process and load everything; a failure is logged and shown at the first job."""
        try:
            await self.run(warm_up)
        except Exception as error:  # noqa: BLE001 - the hub starts without documents too
            log.warning("paper_worker_cold", error=type(error).__name__)

    async def run(self, job: Callable[P, Result], *arguments: P.args, **named: P.kwargs) -> Result:
        """Run a job of `bot.documents.jobs` and return its result.

        Raises:
            WorkerBusy: `MAX_WAITING` jobs wait already.
            WorkerFailed: The process died or took longer than `timeout_s`.
        """
        if self._waiting >= MAX_WAITING:
            raise WorkerBusy
        self._waiting += 1
        try:
            return await self._attempt(job, *arguments, **named)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the process."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None
            _end_children()

    async def _attempt(
        self, job: Callable[P, Result], *arguments: P.args, **named: P.kwargs
    ) -> Result:
        if self._executor is None:
            self._executor = self._make_executor()
        executor = self._executor
        try:
            future = executor.submit(job, *arguments, **named)
            return await asyncio.wait_for(asyncio.wrap_future(future), self._timeout_s)
        except (BrokenProcessPool, asyncio.TimeoutError) as error:
            log.error("paper_job_failed", job=job.__name__, error=type(error).__name__)  # noqa: TRY400 - the class says all
            if self._executor is executor:
                self.close()
            raise WorkerFailed from error


def _end_children() -> None:
    # the executor does not end a process that hangs; the hub has no other children of this kind
    for child in multiprocessing.active_children():
        child.terminate()


def _settle() -> None:
    """Run first in the process: leave signals to the hub, end with it, and step back for chats."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=end_with_parent, daemon=True).start()
