"""The outbox: sends lines to messaging platforms, in order, until they are taken."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

import anyio
import structlog

from bot.domain.deliveries import Delivery, DeliveryError
from bot.hub.wakeups import OUTBOX, Wakeups
from bot.services.deliveries import (
    claim_delivery,
    mark_delivered,
    record_delivery_error,
)
from bot.services.ports import Clock, OpenUnitOfWork

POLL_S = 1.0
SEND_TIMEOUT = timedelta(seconds=60)
"""After a crash in mid-send the line is sent again this much later."""

log = structlog.get_logger()


class Sender(Protocol):
    """Sends to one platform; made by the folder of its channel."""

    async def send(self, delivery: Delivery) -> None:
        """Send one line; raises `DeliveryError`."""


class Outbox:
    """Sends what waits, one line at a time.

    Args:
        unit_of_work: Opens transactions.
        senders: Channel name to its sender; other channels' lines stay where they are.
        wakeups: Rung by whoever stored a line.
        now: The clock.
    """

    def __init__(
        self,
        *,
        unit_of_work: OpenUnitOfWork,
        senders: Mapping[str, Sender],
        wakeups: Wakeups,
        now: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._senders = senders
        self._wakeups = wakeups
        self._now = now

    async def run(self) -> None:
        """Send until cancelled."""
        if not self._senders:
            return
        with self._wakeups.listen(OUTBOX) as bell:
            while True:
                try:
                    while await self.send_one():
                        pass
                except Exception as error:  # noqa: BLE001 - the database is away; look again
                    log.warning("outbox_stalled", error=type(error).__name__)
                await bell.wait(POLL_S)

    async def send_one(self) -> bool:
        """Send the next due line; False when nothing is due."""
        delivery = await anyio.to_thread.run_sync(self._claim)
        if delivery is None:
            return False
        try:
            await self._senders[delivery.channel].send(delivery)
        except DeliveryError as error:
            log.warning(
                "delivery_failed",
                delivery_id=delivery.id,
                channel=delivery.channel,
                permanent=error.permanent,
            )
            await anyio.to_thread.run_sync(self._record, delivery, error)
        else:
            await anyio.to_thread.run_sync(self._confirm, delivery)
        return True

    def _claim(self) -> Delivery | None:
        return claim_delivery(
            self._unit_of_work,
            channels=sorted(self._senders),
            now=self._now(),
            send_timeout=SEND_TIMEOUT,
        )

    def _record(self, delivery: Delivery, error: DeliveryError) -> None:
        record_delivery_error(self._unit_of_work, delivery=delivery, error=error, now=self._now())

    def _confirm(self, delivery: Delivery) -> None:
        mark_delivered(self._unit_of_work, delivery=delivery, now=self._now())
