"""Runs use cases in the event loop itself, which goes on with others while PostgreSQL works.

A use case in a thread costs two hand-overs between threads: on a machine whose cores sleep between
two messages the first one alone takes 0.16 ms of a processor, and the thread then waits for the
interpreter (27 November 2026, two cores). The driver can call a function of ours instead of
waiting (`psycopg2.extensions.set_wait_callback`); here that function goes back to the event loop,
by way of a greenlet, until the server has answered. Use cases know nothing of it.

When there is much to do the loop is full of other things, and each statement waits for all of them:
at 200 messages a second and a load of 8 messages then waited 4 to 5 s instead of 1 to 2. So only a
lone use case of few statements stays in the loop; all others have a thread each.

What a use case computes holds the loop, as it would hold the interpreter in a thread. It must not
wait for anything but its transaction. Connections are its own: one from a pool that others use
might have to be waited for. Whoever looks up the server's name waits in the loop as well, so
everything goes to a thread until the database has answered once, and again after it was away.
"""

import asyncio
import select
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet
from psycopg2 import extensions as driver
from sqlalchemy.engine import Engine

from bot.services.ports import OpenUnitOfWork
from bot.store.outages import is_outage
from bot.store.store_secrets import NO_SECRETS, StoreSecrets
from bot.store.unit_of_work import unit_of_work_factory

MOST = 12
"""So many at once, and as many connections; a hub answers eight messages at once."""

Result = TypeVar("Result")
Job = Callable[[OpenUnitOfWork], Result]


class Greens:
    """Runs use cases of one event loop.

    Args:
        engine: Of PostgreSQL, with `MOST` connections that nobody else uses.
        secrets: Of the repositories.
        most: So many use cases at once; more wait for one another.
    """

    def __init__(
        self, engine: Engine, secrets: StoreSecrets = NO_SECRETS, most: int = MOST
    ) -> None:
        self._unit_of_work = unit_of_work_factory(engine, secrets)
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="hub")
        self._most = self._left = most
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_well = False
        driver.set_wait_callback(_wait)  # type: ignore[attr-defined]  # not in the stubs

    async def run(self, job: Job[Result], *, is_short: bool = True) -> Result:
        """Run a use case with what opens its transaction, and return what it returns.

        It is ended, also when the caller is cancelled meanwhile. One that is not short, or not the
        only one, goes to a thread: see above.

        Raises:
            Exception: Whatever the use case raises.
        """
        await self._take()
        is_alone = self._left == self._most - 1
        running = self._start(partial(job, self._unit_of_work), is_green=is_alone and is_short)
        running.add_done_callback(self._note)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await _ended(running)
            raise

    def _start(self, job: Callable[[], Result], *, is_green: bool) -> "asyncio.Future[Result]":
        loop = asyncio.get_running_loop()
        if is_green and self._is_well:
            return _Green(loop, job).outcome
        return loop.run_in_executor(self._threads, copy_context().run, job)

    def _note(self, running: "asyncio.Future[Any]") -> None:
        error = None if running.cancelled() else running.exception()
        if error is None or is_outage(error):
            self._is_well = error is None
        self._left += 1
        while self._waiting and self._left:
            next_one = self._waiting.popleft()
            if not next_one.done():
                self._left -= 1
                next_one.set_result(None)

    async def _take(self) -> None:
        if self._left:
            self._left -= 1
            return
        mine = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():  # it was handed over a moment ago
                self._left += 1
            raise


class _Green:
    """One use case, which stops where the driver has to wait.

    Attributes:
        outcome: What comes of it.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, job: Callable[[], Any]) -> None:
        self.outcome: asyncio.Future[Any] = loop.create_future()
        self._loop = loop
        self._job = job
        self._watched: tuple[int, int] | None = None
        self._green = _Waiter(self._run)
        self._green.gr_context = copy_context()
        self._step()

    def _run(self) -> None:
        try:
            result = self._job()
        except Exception as error:  # noqa: BLE001 - raised where the job was handed in
            self.outcome.set_exception(error)
        else:
            self.outcome.set_result(result)

    def _step(self) -> None:
        wanted = self._green.switch()
        if self._green.dead:
            self._watch(None)
        elif wanted != self._watched:
            self._watch(wanted)

    def _watch(self, wanted: tuple[int, int] | None) -> None:
        if self._watched is not None:
            place, state = self._watched
            is_reading = state == driver.POLL_READ
            (self._loop.remove_reader if is_reading else self._loop.remove_writer)(place)
        self._watched = wanted
        if wanted is not None:
            place, state = wanted
            is_reading = state == driver.POLL_READ
            (self._loop.add_reader if is_reading else self._loop.add_writer)(place, self._step)


class _Waiter(greenlet):  # type: ignore[misc]  # the library has no types that we see
    """Tells those that may go back to the event loop from the code around them."""


def _wait(connection: Any) -> None:
    """Return once the server has answered; the driver calls this wherever it has to wait."""
    here = getcurrent()
    while (state := connection.poll()) != driver.POLL_OK:
        place = connection.fileno()
        if isinstance(here, _Waiter):
            assert here.parent is not None
            here.parent.switch((place, state))
            continue
        poller = select.poll()  # `select.select` knows no file descriptor above 1,023
        poller.register(place, select.POLLIN if state == driver.POLL_READ else select.POLLOUT)
        poller.poll()


async def _ended(running: "asyncio.Future[Any]") -> None:
    """Wait for what goes on; whoever cleans up after a cancellation finds nothing under way."""
    while not running.done():
        with suppress(asyncio.CancelledError):  # told already
            await asyncio.wait({running})
    if not running.cancelled():
        running.exception()  # looked at, so that nobody is told of an error of nobody's
