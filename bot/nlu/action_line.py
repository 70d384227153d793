"""The line to the action server: `bot/http_line.py`, for calls of actions (three a turn)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.http_line import Answer, HttpLine


class ActionLine(HttpLine):
    """The connections of one event loop to action servers."""

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes, timeout_s: float
    ) -> Answer:
        """Send JSON.

        Args:
            url: Begins with `http://`.
            headers: Beside those of every request with JSON.
            body: JSON.
            timeout_s: For connecting, and again for the answer.

        Raises:
            aiohttp.ClientError, asyncio.TimeoutError: As `HttpLine.call`.
        """
        return await self.call("POST", url, headers, body, timeout_s=timeout_s, connect_s=timeout_s)


def with_parameters(url: str, parameters: Mapping[str, Any]) -> str:
    """Return an address with further parameters in its query."""
    if not parameters:
        return url
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(parameters)}"
