"""The outbox: sends lines to messaging platforms, in order, until they are taken."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

import anyio
import structlog

from bot.domain.channels import Abilities, ChoiceWords, Part, adapt, addressed
from bot.domain.deliveries import Delivery, DeliveryError
from bot.hub.folding import FoldingPost
from bot.hub.wakeups import OUTBOX, Bell, Wakeups
from bot.services.conversations.deliveries import (
    claim_delivery,
    mark_delivered,
    note_part,
    record_delivery_error,
)
from bot.services.ports import Clock, OpenUnitOfWork
from bot.telemetry.metrics import DELIVERIES

POLL_S = 1.0
CONCURRENCY = 16
"""Lines on their way at once, each of another conversation: a slow one does not hold up others."""

SEND_TIMEOUT = timedelta(seconds=60)
"""After a crash in mid-send the line is sent again this much later."""

log = structlog.get_logger()


class Sender(Protocol):
    """Sends to one platform; made by the folder of its channel."""

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Send one piece of a line within `SEND_TIMEOUT`; raises `DeliveryError`."""


class Outbox:
    """Sends what waits, in pieces that fit the channel.

    Args:
        unit_of_work: Opens transactions.
        senders: Channel name to its sender; other channels' lines stay where they are.
        wakeups: Rung by whoever stored a line.
        now: The clock.
        channels: Abilities by name; unknown channels take a text of any length.
        words: Words around numbered choices and links.
        base_url: Address in front of our own files.
        send_timeout: How long a claimed line is out of sight.
    """

    def __init__(
        self,
        *,
        unit_of_work: OpenUnitOfWork,
        senders: Mapping[str, Sender],
        wakeups: Wakeups,
        now: Clock,
        words: ChoiceWords,
        channels: Mapping[str, Abilities] | None = None,
        base_url: str = "",
        send_timeout: timedelta = SEND_TIMEOUT,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._senders = senders
        self._wakeups = wakeups
        self._now = now
        self._words = words
        self._channels = channels or {}
        self._base_url = base_url
        self._send_timeout = send_timeout
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled."""
        if not self._senders:
            return
        with self._wakeups.listen(OUTBOX) as bell:
            try:
                while True:
                    await self._start_due(bell)
                    await bell.wait(POLL_S)
            finally:
                for task in self._sending:
                    task.cancel()
                await asyncio.gather(*self._sending, return_exceptions=True)

    async def send_one(self) -> bool:
        """Send the next due line; False when nothing is due."""
        delivery = await anyio.to_thread.run_sync(self._claim)
        if delivery is None:
            return False
        await self._send(delivery)
        return True

    async def _start_due(self, bell: Bell) -> None:
        while len(self._sending) < CONCURRENCY:
            try:
                delivery = await anyio.to_thread.run_sync(self._claim)
            except Exception as error:  # noqa: BLE001 - the database is away; look again
                log.warning("outbox_stalled", error=type(error).__name__)
                return
            if delivery is None:
                return
            task = asyncio.create_task(self._send_safely(delivery))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
            task.add_done_callback(lambda _task: bell.ring())

    async def _send_safely(self, delivery: Delivery) -> None:
        try:
            await self._send(delivery)
        except Exception as error:  # noqa: BLE001 - the claim runs out and the line comes again
            log.warning("delivery_broken", delivery_id=delivery.id, error=type(error).__name__)

    async def _send(self, delivery: Delivery) -> None:
        abilities = self._channels.get(delivery.channel, Abilities())
        if abilities.folds:
            await self._folding(delivery.channel, abilities).post(delivery)
            return
        parts = adapt(addressed(delivery.message, self._base_url), abilities, self._words)
        try:
            for number in range(delivery.parts_sent, len(parts)):
                await self._senders[delivery.channel].send(delivery, parts[number])
                if number + 1 < len(parts):
                    await anyio.to_thread.run_sync(self._note_part, delivery, number + 1)
        except DeliveryError as error:
            log.warning(
                "delivery_failed",
                delivery_id=delivery.id,
                channel=delivery.channel,
                permanent=error.permanent,
                reason=str(error),
            )
            result = "refused" if error.permanent else "retried"
            DELIVERIES.labels(delivery.channel, result).inc()
            await anyio.to_thread.run_sync(self._record, delivery, error)
        else:
            DELIVERIES.labels(delivery.channel, "delivered").inc()
            await anyio.to_thread.run_sync(self._confirm, delivery)

    def _folding(self, channel: str, abilities: Abilities) -> FoldingPost:
        return FoldingPost(
            unit_of_work=self._unit_of_work,
            now=self._now,
            abilities=abilities,
            words=self._words,
            base_url=self._base_url,
            send=self._senders[channel].send,
            send_timeout=self._send_timeout,
        )

    def _claim(self) -> Delivery | None:
        return claim_delivery(
            self._unit_of_work,
            channels=sorted(self._senders),
            now=self._now(),
            send_timeout=self._send_timeout,
        )

    def _note_part(self, delivery: Delivery, parts_sent: int) -> None:
        note_part(
            self._unit_of_work,
            delivery=delivery,
            parts_sent=parts_sent,
            now=self._now(),
            send_timeout=self._send_timeout,
        )

    def _record(self, delivery: Delivery, error: DeliveryError) -> None:
        record_delivery_error(self._unit_of_work, delivery=delivery, error=error, now=self._now())

    def _confirm(self, delivery: Delivery) -> None:
        mark_delivered(self._unit_of_work, delivery=delivery, now=self._now())
