"""The access token: one for all hubs, fetched by one of them, renewed before its end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import anyio
import structlog

from bot.domain.deliveries import DeliveryError
from bot.services.conversations.channel_ports import KeptToken
from bot.services.ports import Clock, OpenUnitOfWork

CLAIM = timedelta(seconds=30)
"""Longer than a fetch may take; after a kill another hub waits for so long."""

PAUSE_S, PATIENCE_S = 0.2, 20.0

log = structlog.get_logger()

Fetch = Callable[[bool], Awaitable[tuple[str, int]]]
"""Asks the platform; True gets a new token even when the old one should be good still.

Returns the token and its life in seconds; raises `DeliveryError`.
"""


@dataclass(frozen=True)
class TokenKeeper:
    """Keeps the token of one account.

    Attributes:
        name: In the database, such as "wechat:<app id>".
        early: So long before its end a token is renewed.
    """

    name: str
    unit_of_work: OpenUnitOfWork
    now: Clock
    fetch: Fetch
    early: timedelta

    async def get(self, stale: str | None = None) -> str:
        """Return a token that is good, other than `stale`, which the platform refused.

        Raises:
            DeliveryError: The platform gives none now.
        """
        for _try in range(int(PATIENCE_S / PAUSE_S)):
            kept = await anyio.to_thread.run_sync(self._find)
            if self._is_good(kept, stale, self.early):
                return kept.value
            if await anyio.to_thread.run_sync(self._claim, kept.version):
                return await self._renew(stale)
            if self._is_good(kept, stale, timedelta()):
                return kept.value  # another hub renews it; this one still works
            await asyncio.sleep(PAUSE_S)
        raise DeliveryError("no access token", permanent=False)

    async def _renew(self, stale: str | None) -> str:
        try:
            value, life_s = await self.fetch(False)
            if value == stale:
                value, life_s = await self.fetch(True)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._release)
            raise
        expires_at = self.now() + timedelta(seconds=life_s)
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(partial(self._keep, value, expires_at))
        log.info("access_token_renewed", name=self.name, is_forced=stale is not None)
        return value

    def _is_good(self, kept: KeptToken, stale: str | None, early: timedelta) -> bool:
        if not kept.value or kept.value == stale or kept.expires_at is None:
            return False
        return kept.expires_at - early > self.now()

    def _find(self) -> KeptToken:
        with self.unit_of_work() as unit:
            return unit.tokens.find(self.name)

    def _claim(self, version: int) -> bool:
        now = self.now()
        with self.unit_of_work() as unit:
            return unit.tokens.claim(self.name, version=version, now=now, until=now + CLAIM)

    def _keep(self, value: str, expires_at: datetime) -> None:
        with self.unit_of_work() as unit:
            unit.tokens.keep(self.name, value=value, expires_at=expires_at)

    def _release(self) -> None:
        with self.unit_of_work() as unit:
            unit.tokens.release(self.name)
