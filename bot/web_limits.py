"""How many requests one address and one account may make a minute; an honest answer beyond that.

Counted in the memory of one process; several hubs that share a Redis count together
(`bot/hub/shared_counts.py`). Requests from this machine itself are not counted: behind a proxy that
does not pass the visitor's address on, one visitor would otherwise lock all others out.
"""

import hashlib
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from ipaddress import ip_address
from typing import Protocol

from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

WINDOW_S = 60
MOST_KEPT = 100_000
"""Visitors counted at once; beyond that the count of a minute starts anew."""

UNCOUNTED = ("/static/", "/desk/static/", "/plans/assets/", "/healthz", "/readyz")

Refuse = Callable[[Scope, Receive, Send], Awaitable[None]]


class Counts(Protocol):
    """Counts requests per key within a minute."""

    async def takes(self, key: str) -> bool:
        """Count one and tell whether it is within the limit."""


class Counter:
    """Counts per key within a minute.

    Args:
        most: How many are taken; 0 takes all.
        clock: Seconds that only grow.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._window = -1
        self._counts: dict[str, int] = {}

    async def takes(self, key: str) -> bool:
        """Count one and tell whether it is within the limit."""
        if not self._most:
            return True
        window = int(self._clock() // WINDOW_S)
        if window != self._window or len(self._counts) >= MOST_KEPT:
            self._window, self._counts = window, {}
        self._counts[key] = count = self._counts.get(key, 0) + 1
        return count <= self._most


class RateLimit:
    """Refuses requests beyond the limits of their address or their account.

    Args:
        app: What is behind.
        refuse: Answers a refused request, status 429.
        address: Counts addresses.
        account: Counts sessions of the desk, by the hash of their cookie.
        cookie: Name of that cookie.
    """

    def __init__(
        self, app: ASGIApp, *, refuse: Refuse, address: Counts, account: Counts, cookie: str
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._address = address
        self._account = account
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        is_counted = scope["type"] == "http" and not scope["path"].startswith(UNCOUNTED)
        if is_counted and not (
            await self._takes_address(scope) and await self._takes_account(scope)
        ):
            await self._refuse(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _takes_address(self, scope: Scope) -> bool:
        host = (scope.get("client") or ("",))[0]
        return is_local(host) or await self._address.takes(host)

    async def _takes_account(self, scope: Scope) -> bool:
        if not scope["path"].startswith("/desk"):
            return True
        for name, value in scope["headers"]:
            if name == b"cookie":
                session = cookie_parser(value.decode("latin-1")).get(self._cookie)
                if session:
                    return await self._account.takes(hashlib.sha256(session.encode()).hexdigest())
        return True


@lru_cache(maxsize=1024)
def is_local(host: str) -> bool:
    """Tell whether an address is of this machine; what is no address (a test) is."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return True
