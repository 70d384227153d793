"""How the client of the Bot API reaches it: over aiohttp instead of httpx.

The layers of httpx cost 3 to 5 ms of a processor a call in a hub that is busy, in its event loop:
"typing" and the lines of an outage then held up the acknowledgement of what people wrote.
"""

import asyncio
from functools import lru_cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

KEPT_S = 5.0
"""How long a connection is kept while idle; servers keep theirs for longer."""


class AiohttpRequest(BaseRequest):
    """One pool of connections, opened with the first call and in its event loop.

    Args:
        connect_s: How long to wait for a connection, for a free one of the pool first.
        read_s: How long for an answer, and for each piece of it.
        write_s: How long for sending what is no file.
        upload_s: How long for sending files.
        most: Connections at once.
    """

    def __init__(
        self, *, connect_s: float, read_s: float, write_s: float, upload_s: float, most: int
    ) -> None:
        self._connect_s = connect_s
        self._read_s = read_s
        self._write_s = write_s
        self._upload_s = upload_s
        self._most = most
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer is waited for, in seconds."""
        return self._read_s

    async def initialize(self) -> None:
        """Open nothing yet: the first call does."""

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - as the library calls it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request; returns status and body.

        Raises:
            telegram.error.TimedOut: Not in time.
            telegram.error.NetworkError: Nobody answered, or no HTTP.
        """
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._most, ssl=httpx.create_ssl_context(), keepalive_timeout=KEPT_S
            )
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=jar)
        sending = self._upload_s if request_data and request_data.contains_files else self._write_s
        connect, read = _or(connect_timeout, self._connect_s), _or(read_timeout, self._read_s)
        waiting, write = _or(pool_timeout, self._connect_s), _or(write_timeout, sending)
        parts = urlsplit(url)
        try:
            async with self._session.request(
                method,
                url,
                data=_form(request_data),
                headers={"User-Agent": self.USER_AGENT},
                proxy=_proxy(parts.scheme, parts.hostname or ""),
                timeout=aiohttp.ClientTimeout(
                    total=waiting + connect + write + read, sock_connect=connect, sock_read=read
                ),
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()
        except asyncio.TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error


def _or(given: ODVInput[float], usual: float) -> float:
    return float(given) if isinstance(given, (int, float)) else usual


def _form(data: RequestData | None) -> aiohttp.FormData | None:
    """Return parameters and files as a form; None where there are none."""
    if data is None:
        return None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form


@lru_cache(maxsize=8)
def _proxy(scheme: str, host: str) -> str | None:
    """Return the proxy that the environment names for a host, looked up once."""
    named = getproxies()
    return None if proxy_bypass(host) else named.get(scheme) or named.get("all")
