"""The connections from the hub to Rasa and to the action server.

Each turn has a call, so it goes over a line of our own (`bot/http_line.py`); to an address that
begins with `https://` it goes by way of aiohttp.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.domain.errors import BotError
from bot.http_line import HttpLine

KEPT_S = 3.0
"""How long a connection is kept while idle: less than the 5 s after which Rasa closes it."""

OK, REDIRECT = 200, 300
JSON = {"Content-Type": "application/json"}


class LineBroken(BotError):
    """Nobody answered, or not in time; `str()` is the name of the error."""


@dataclass(frozen=True)
class Answered:
    """An answer over HTTP."""

    status: int
    body: bytes

    @property
    def is_success(self) -> bool:
        """Tell whether the status is one of success."""
        return OK <= self.status < REDIRECT

    def json(self) -> Any:
        """Return what the body says; raises `ValueError` when it is no JSON."""
        return json.loads(self.body)


class RasaWire:
    """Calls with one pool of connections, opened at the first call and in its event loop.

    Args:
        connect_timeout_s: How long to wait for a connection.
    """

    def __init__(self, connect_timeout_s: float) -> None:
        self._connect_timeout_s = connect_timeout_s
        self._line = HttpLine()
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        url: str,
        *,
        timeout_s: float,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Answered:
        """Send a request, with a body as JSON if there is one, and return its answer.

        Raises:
            LineBroken: Nobody answered, or not within `timeout_s` seconds.
        """
        address = f"{url}?{urlencode(params)}" if params else url
        raw = None if body is None else json.dumps(body).encode()
        try:
            if url.startswith("https:"):  # another machine's
                return await self._call_by_aiohttp(method, address, headers, raw, timeout_s)
            answer = await self._line.call(
                method,
                address,
                headers,
                raw,
                timeout_s=timeout_s,
                connect_s=self._connect_timeout_s,
            )
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise LineBroken(type(error).__name__) from error
        return Answered(answer.status, answer.body)

    async def _call_by_aiohttp(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        timeout_s: float,
    ) -> Answered:
        if self._session is None:
            self._session = _session()
        async with self._session.request(
            method,
            url,
            headers={**headers, **({} if body is None else JSON)},
            data=body,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(timeout_s, sock_connect=self._connect_timeout_s),
        ) as answer:
            return Answered(answer.status, await answer.read())

    async def close(self) -> None:
        """Close the connections."""
        self._line.close()
        await asyncio.sleep(0)  # a closed connection ends in the next turn of the loop
        if self._session is not None:
            await self._session.close()
            self._session = None


def _session() -> aiohttp.ClientSession:
    # loopback: never by way of a proxy, which is what the library does unless it is told to
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_S)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
