"""A connection to PostgreSQL that the event loop waits for: no thread is between.

To hand a journey to a thread and to be told of its end takes two changes between threads, each of
which wakes a core and waits for Python's lock: a quarter of what the journey takes (November 2026).
Here the driver sends, and the loop calls when the server has answered.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg2
from psycopg2 import extensions as driver

_NAMES: Any = psycopg2
DriverError: Any = _NAMES.Error
"""What the driver raises."""

_ENDINGS: Any = (_NAMES.OperationalError, _NAMES.InterfaceError)


class LineGone(Exception):
    """The connection has ended or does not answer; what became of the journey is not known."""


class JourneyLine:
    """One connection, with one journey at a time; used in one event loop.

    Args:
        raw: An open connection of the driver, opened with `async_`.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._loop = asyncio.get_running_loop()
        self._fd = raw.fileno()
        self._cursor: Any = None
        self._answer: asyncio.Future[Any] | None = None
        self._loop.add_reader(self._fd, self._go_on)
        self._is_writing = False
        self._is_over = False

    @classmethod
    async def open(cls, arguments: Sequence[Any], more: Mapping[str, Any]) -> "JourneyLine":
        """Open a connection; raises `psycopg2.Error`."""
        raw: Any = psycopg2.connect(*arguments, **more, async_=True)  # type: ignore[no-untyped-call]
        try:
            await _opened(raw)
        except BaseException:
            raw.close()
            raise
        return cls(raw)

    @property
    def is_free(self) -> bool:
        """Tell whether it lives and does nothing."""
        return self._answer is None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """Tell whether it has ended."""
        return self._is_over or bool(self._raw.closed)

    @property
    def server_pid(self) -> int:
        """Number of the server's process as the server named it at the beginning."""
        return int(self._raw.info.backend_pid)

    def cursor(self) -> Any:
        """Return what puts values into texts, and holds the rows after a journey."""
        self._cursor = self._raw.cursor()
        return self._cursor

    async def run(self, text: bytes, patience_s: float) -> Any:
        """Send statements as one transaction; returns the cursor with the rows of the last.

        A caller who is cancelled waits for the end: nothing goes on behind a cancellation.

        Args:
            text: Statements with their values in them, parted by semicolons.
            patience_s: How long to wait; the connection is given up then.

        Raises:
            LineGone: The connection has ended; the transaction may have been committed.
            psycopg2.Error: The server refuses a statement, and has undone what came before it.
        """
        cursor = self._cursor or self.cursor()
        answer = self._answer = self._loop.create_future()
        watch = self._loop.call_later(patience_s, self.close)
        try:
            cursor.execute(text)
            self._go_on()
            return await _whatever_comes(answer)
        except DriverError as error:
            if self.is_gone:
                raise LineGone(type(error).__name__) from error
            raise
        finally:
            watch.cancel()
            self._answer = self._cursor = None

    def close(self) -> None:
        """End the connection, and tell who waits."""
        if not self._is_over:  # one that is broken still has its socket, which the loop watches
            self._is_over = True
            self._loop.remove_reader(self._fd)
            self._loop.remove_writer(self._fd)
            self._raw.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(LineGone("closed"))

    def _go_on(self) -> None:
        try:
            state = self._raw.poll()
        except DriverError as error:
            self._fail(error)
            return
        if self._answer is None:  # nobody has asked: only an end comes by itself
            if self._raw.closed or state != driver.POLL_OK:
                self.close()
            return
        if state == driver.POLL_OK and not self._answer.done():
            self._answer.set_result(self._cursor)
        self._write(state == driver.POLL_WRITE)

    def _write(self, is_wanted: bool) -> None:
        """Be called when the rest of a long text can be sent."""
        if is_wanted and not self._is_writing:
            self._loop.add_writer(self._fd, self._go_on)
        elif self._is_writing and not is_wanted:
            self._loop.remove_writer(self._fd)
        self._is_writing = is_wanted

    def _fail(self, error: Exception) -> None:
        answer = self._answer
        if isinstance(error, _ENDINGS):
            self.close()
        if answer is not None and not answer.done():
            answer.set_exception(error)


async def _whatever_comes(answer: "asyncio.Future[Any]") -> Any:
    try:
        return await asyncio.shield(answer)
    except asyncio.CancelledError:
        if not answer.done():
            await asyncio.wait({answer})
        if not answer.cancelled():
            answer.exception()
        raise


async def _opened(raw: Any) -> None:
    loop = asyncio.get_running_loop()
    while (state := raw.poll()) != driver.POLL_OK:
        fd = raw.fileno()  # of the next address, where the first did not answer
        ready = loop.create_future()
        if state == driver.POLL_READ:
            loop.add_reader(fd, _set, ready)
        else:
            loop.add_writer(fd, _set, ready)
        try:
            await ready
        finally:
            loop.remove_reader(fd)
            loop.remove_writer(fd)


def _set(ready: "asyncio.Future[None]") -> None:
    if not ready.done():
        ready.set_result(None)
