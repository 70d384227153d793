"""A line to one server of ours: connections that stay open, and a request that is one write.

A client for everything (aiohttp) builds objects for address, cookies, headers and payload of each
request, and hands head and body to the network one after the other, which wakes the server twice:
0.3 ms of processor time a call. Here a server on this side of every proxy is called, in one way.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from httptools import HttpParserError, HttpResponseParser

KEPT_S = 3.0
"""Unused for so long, a connection is closed here; our servers close their end after 5 s."""


@dataclass
class Answer:
    """What a server answered."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_json(self) -> bool:
        """Tell whether the body is JSON, as far as the server knows."""
        return self.headers.get("content-type", "").partition(";")[0].strip() == "application/json"


class _Connection(asyncio.Protocol):
    """One connection; it carries one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.resting_since = 0.0
        self._waiting: asyncio.Future[Answer] | None = None
        self._answer = Answer()
        self._parser = HttpResponseParser(self)
        self._is_over = False

    @property
    def is_open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing() and not self._is_over

    async def ask(self, request: bytes, timeout_s: float) -> Answer:
        assert self.transport is not None
        self._answer, self._parser = Answer(), HttpResponseParser(self)
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        alarm = loop.call_later(timeout_s, self._break, asyncio.TimeoutError())
        try:
            self.transport.write(request)
            return await self._waiting
        except RuntimeError as error:  # uvloop's word for a connection that is closed already
            raise aiohttp.ServerDisconnectedError from error
        finally:
            alarm.cancel()
            self._waiting = None

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def connection_made(self, transport: Any) -> None:  # uvloop's is none of asyncio's classes
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._break(aiohttp.ClientPayloadError(str(error)))

    def connection_lost(self, _error: Exception | None) -> None:
        self._is_over = True
        self._break(aiohttp.ServerDisconnectedError())

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._answer.body += body

    def on_message_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()
        self._is_over = not self._parser.should_keep_alive()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(self._answer)

    def _break(self, error: BaseException) -> None:
        self._is_over = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)


class HttpLine:
    """The connections of one event loop to servers of ours."""

    def __init__(self) -> None:
        self._resting: dict[tuple[str, int], list[_Connection]] = {}

    async def call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        timeout_s: float,
        connect_s: float,
    ) -> Answer:
        """Send a request over a connection that rests, or over a new one.

        Args:
            method: Of the request.
            url: Begins with `http://`.
            headers: Beside those of every request.
            body: JSON; None for none.
            timeout_s: For the answer.
            connect_s: For connecting.

        Raises:
            aiohttp.ServerDisconnectedError: The connection was closed before an answer came.
            aiohttp.ClientConnectionError: Nobody takes connections there.
            aiohttp.ClientPayloadError: What came is no HTTP.
            asyncio.TimeoutError: No answer in time.
        """
        parts = urlsplit(url)
        place = (parts.hostname or "", parts.port or 80)
        lines = {"Host": parts.netloc.rpartition("@")[2]}
        if body is not None:
            lines["Content-Type"] = "application/json"
        lines |= headers
        if body is not None:
            lines["Content-Length"] = str(len(body))
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
        connection = self._rested(place) or await self._opened(place, connect_s)
        try:
            answer = await connection.ask(f"{head}\r\n".encode() + (body or b""), timeout_s)
        except BaseException:
            connection.close()
            raise
        self._put_back(place, connection)
        return answer

    def close(self) -> None:
        """Close the connections that rest."""
        for connections in self._resting.values():
            for connection in connections:
                connection.close()
        self._resting.clear()

    def _rested(self, place: tuple[str, int]) -> _Connection | None:
        now = asyncio.get_running_loop().time()
        resting = self._resting.get(place, [])
        while resting:
            connection = resting.pop()
            if connection.is_open and now - connection.resting_since < KEPT_S:
                return connection
            connection.close()
        return None

    async def _opened(self, place: tuple[str, int], connect_s: float) -> _Connection:
        opening = asyncio.get_running_loop().create_connection(_Connection, *place)
        try:
            _, connection = await asyncio.wait_for(opening, connect_s)
        except OSError as error:
            raise aiohttp.ClientConnectionError(str(error)) from error
        return connection

    def _put_back(self, place: tuple[str, int], connection: _Connection) -> None:
        if not connection.is_open:
            connection.close()
            return
        connection.resting_since = asyncio.get_running_loop().time()
        self._resting.setdefault(place, []).append(connection)
