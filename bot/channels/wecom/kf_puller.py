"""Fetches the news of 微信客服: its callbacks only say that there are some.

A callback is noted in the database before it is acknowledged; one process of all hubs fetches an
account's news, from a cursor that moves only after what came before it is stored. A kill at any
point loses nothing, and what comes a second time is stored once.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import anyio
import structlog

from bot.channels.tencent.api import ApiRefused, TencentApi
from bot.channels.tencent.receiver import Receiver
from bot.channels.wecom.kf_messages import Entered, NotTaken, read_news
from bot.domain.deliveries import DeliveryError
from bot.services.conversations.channel_ports import KfAccount
from bot.services.ports import Clock, OpenUnitOfWork

SYNC = "/cgi-bin/kf/sync_msg"
PAGE = 1000
TOKEN_LIFE = timedelta(minutes=9)
"""What a callback gives to fetch with is good for ten minutes."""

LEASE = timedelta(seconds=60)
LOOK_AGAIN_S = 2.0
PAUSE = timedelta(seconds=5)

log = structlog.get_logger()


class LeaseLost(Exception):
    """Another process fetches these news now."""


@dataclass
class KfPuller:
    """Fetches until cancelled.

    Attributes:
        welcome: Called with whoever opened a conversation.
        lease_time: How long an account is ours without a sign of life.
        pause: How long to wait after an error.
    """

    api: TencentApi = field(repr=False)
    receiver: Receiver
    unit_of_work: OpenUnitOfWork
    now: Clock
    welcome: Callable[[Entered], Awaitable[None]]
    lease_time: timedelta = LEASE
    pause: timedelta = PAUSE
    lease: str = field(default_factory=lambda: secrets.token_hex(16))
    _rung: asyncio.Event = field(default_factory=asyncio.Event)

    async def ring(self, fields: Mapping[str, str]) -> None:
        """Note a callback."""
        name, token = fields.get("OpenKfId", "")[:64], fields.get("Token", "")[:128]

        def store() -> None:
            now = self.now()
            with self.unit_of_work() as unit:
                unit.kf_accounts.ring(name, token=token, token_until=now + TOKEN_LIFE, now=now)

        if name:
            await anyio.to_thread.run_sync(store)
            self._rung.set()

    async def run(self) -> None:
        """Fetch and store; nothing but a cancellation ends it.

        Begins with all accounts: while no hub was up, callbacks found nobody and came no more.
        """
        has_begun = False
        while True:
            try:
                if not has_begun:
                    await anyio.to_thread.run_sync(self._ring_all)
                    has_begun = True
                while await self.fetch_one():
                    pass
            except Exception as error:  # noqa: BLE001 - the database is away; look again
                log.warning("kf_fetch_stalled", error=type(error).__name__)
            try:
                await asyncio.wait_for(self._rung.wait(), LOOK_AGAIN_S)
            except asyncio.TimeoutError:
                continue
            self._rung.clear()

    async def fetch_one(self) -> bool:
        """Fetch the news of one account; False when none has any."""
        account = await anyio.to_thread.run_sync(self._claim)
        if account is None:
            return False
        try:
            await self._fetch(account)
        except LeaseLost:
            log.info("kf_lease_lost", open_kfid=account.open_kfid)
        except Exception as error:  # noqa: BLE001 - platform or database: both come back
            reason = str(error) if isinstance(error, (ApiRefused, DeliveryError)) else ""
            log.warning("kf_fetch_failed", error=type(error).__name__, reason=reason)
            await anyio.to_thread.run_sync(self._retry, account)
        else:
            await anyio.to_thread.run_sync(self._finish, account)
        return True

    async def _fetch(self, account: KfAccount) -> None:
        cursor, has_more = account.cursor, True
        while has_more:
            body: dict[str, Any] = {"open_kfid": account.open_kfid, "limit": PAGE}
            body |= {"cursor": cursor} if cursor else {}
            body |= {"token": account.token} if account.token else {}
            page = await self.api.call(SYNC, body)
            items = page.get("msg_list") or ()
            for item in items:
                await self._take(item)
            before, cursor = cursor, str(page.get("next_cursor") or cursor)
            has_more = bool(page.get("has_more")) and (cursor != before or bool(items))
            if not await anyio.to_thread.run_sync(self._advance, account.open_kfid, cursor):
                raise LeaseLost

    async def _take(self, item: object) -> None:
        event = read_news(item) if isinstance(item, Mapping) else None
        if isinstance(event, Entered):
            await self.welcome(event)
        elif isinstance(event, NotTaken):
            log.warning("kf_message_not_taken", kind=event.kind)
        elif event is not None:
            await self.receiver.take(event)

    def _ring_all(self) -> None:
        with self.unit_of_work() as unit:
            unit.kf_accounts.ring_all(self.now())

    def _claim(self) -> KfAccount | None:
        now = self.now()
        with self.unit_of_work() as unit:
            until = now + self.lease_time
            return unit.kf_accounts.claim(lease=self.lease, now=now, until=until)

    def _advance(self, open_kfid: str, cursor: str) -> bool:
        until = self.now() + self.lease_time
        with self.unit_of_work() as unit:
            return unit.kf_accounts.advance(open_kfid, lease=self.lease, cursor=cursor, until=until)

    def _finish(self, account: KfAccount) -> None:
        with self.unit_of_work() as unit:
            unit.kf_accounts.finish(account.open_kfid, lease=self.lease, rung=account.rung)

    def _retry(self, account: KfAccount) -> None:
        with self.unit_of_work() as unit:
            at = self.now() + self.pause
            unit.kf_accounts.retry(account.open_kfid, lease=self.lease, at=at)
