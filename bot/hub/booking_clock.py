"""Reminds of bookings and serves the waiting list: one of the loops of the hub's clock."""

import asyncio

import structlog

from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.bookings.clock import BookingClock, sweep_bookings
from bot.services.ports import Clock

SWEEP_EVERY_S = 3.0
"""A freed slot is offered after so long at most."""

log = structlog.get_logger()


async def run_booking_clock(
    clock: BookingClock, wakeups: Wakeups, *, now: Clock, every_s: float = SWEEP_EVERY_S
) -> None:
    """Sweep until cancelled; several hubs doing so at once say everything once."""
    while True:
        try:
            told = await asyncio.to_thread(sweep_bookings, clock, now())
            for conversation_id in told:
                wakeups.ring(OUTBOX, DESK, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("booking_clock_failed")
        await asyncio.sleep(every_s)
