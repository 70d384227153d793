"""Fetches updates for a machine without a public address.

One process of all hubs fetches: the one that holds the lease. The position is moved only after
what an update says is stored, so a kill at any point loses nothing; what comes a second time is
stored once, because each update has an id.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import anyio
import structlog
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.telegram.client import Bot, as_delivery_error
from bot.channels.telegram.declaration import TELEGRAM
from bot.channels.telegram.receiver import Receiver
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.services.ports import Clock, OpenUnitOfWork

POLL_S = 10
GRACE_S = 20
"""The lease outlives a poll by this much; after a kill another hub waits for both."""

LOOK_AGAIN_S = 2.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0

log = structlog.get_logger()


class LeaseLost(Exception):
    """Another process fetches now."""


@dataclass
class Poller:
    """Fetches until cancelled.

    Attributes:
        poll_s: How long Telegram may hold a request without news.
        grace_s: How much longer the lease lasts.
    """

    bot: Bot = field(repr=False)
    receiver: Receiver
    unit_of_work: OpenUnitOfWork
    now: Clock
    poll_s: int = POLL_S
    grace_s: float = GRACE_S
    lease: str = field(default_factory=lambda: secrets.token_hex(16))
    _has_begun: bool = False

    async def run(self) -> None:
        """Fetch and store; nothing but a cancellation ends it."""
        pause_s = FIRST_PAUSE_S
        try:
            while True:
                wait_s = await self._fetch_safely()
                pause_s = FIRST_PAUSE_S if wait_s is not None else pause_s * 2
                await asyncio.sleep(min(pause_s, LONGEST_PAUSE_S) if wait_s is None else wait_s)
        finally:
            with anyio.CancelScope(shield=True):
                await self._release()

    async def _fetch_safely(self) -> float | None:
        """Fetch once; returns how long to wait then, None for longer than the last time."""
        try:
            return 0.0 if await self.fetch_once() else LOOK_AGAIN_S
        except LeaseLost:
            log.info("telegram_lease_lost")
            return 0.0
        except RetryAfter as error:
            return as_delivery_error(error).retry_after_s
        except Conflict:
            # a webhook is set, or somebody else fetches with this token
            log.warning("telegram_conflict", advice="xiaoer telegram webhook info")
            self._has_begun = False
        except Exception as error:  # noqa: BLE001 - network or database: both come back
            log.warning("telegram_poll_failed", error=type(error).__name__)
        return None

    async def fetch_once(self) -> bool:
        """Fetch once and store what came; False while another process has the lease.

        Raises:
            LeaseLost: Another process took the lease in between; what is stored stays stored.
            TelegramError: Telegram is away or refuses.
        """
        position = await anyio.to_thread.run_sync(self._claim)
        if position is None:
            self._has_begun = False
            return False
        if not self._has_begun:
            await self.bot.delete_webhook(drop_pending_updates=False)
            self._has_begun = True
        updates = await self.bot.get_updates(
            offset=position or None,
            timeout=timedelta(seconds=self.poll_s),
            allowed_updates=ALLOWED_UPDATES,
        )
        for update in updates:
            await self.receiver.take(update)
            if not await anyio.to_thread.run_sync(self._advance, update.update_id + 1):
                raise LeaseLost
        return True

    def _claim(self) -> int | None:
        now = self.now()
        until = now + timedelta(seconds=self.poll_s + self.grace_s)
        with self.unit_of_work() as unit:
            return unit.cursors.claim(TELEGRAM.name, lease=self.lease, now=now, until=until)

    def _advance(self, position: int) -> bool:
        with self.unit_of_work() as unit:
            return unit.cursors.advance(TELEGRAM.name, lease=self.lease, position=position)

    async def _release(self) -> None:
        def release() -> None:
            with self.unit_of_work() as unit:
                unit.cursors.release(TELEGRAM.name, lease=self.lease)

        try:
            await anyio.to_thread.run_sync(release)
        except Exception as error:  # noqa: BLE001 - the lease runs out by itself
            log.info("telegram_lease_not_released", error=type(error).__name__)


async def keep_menu(bot: Bot, commands: Sequence[tuple[str, str]]) -> None:
    """Show the command menu in every private chat; tries until Telegram takes it."""
    pause_s = FIRST_PAUSE_S
    while not await _set_menu(bot, commands):
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)


async def _set_menu(bot: Bot, commands: Sequence[tuple[str, str]]) -> bool:
    try:
        return await bot.set_my_commands(commands)
    except TelegramError as error:
        log.info("telegram_menu_not_set", error=type(error).__name__)
        return False
