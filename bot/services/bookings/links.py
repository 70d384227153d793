"""The secret link to the page of a booking, with its QR code and calendar file."""

import secrets
from datetime import datetime

from bot.domain.bookings import Booking
from bot.domain.halls import Hall
from bot.domain.plans import token_hash
from bot.services.ports import OpenUnitOfWork

TOKEN_BYTES = 24
"""192 random bits: a link cannot be guessed."""


def link_booking(unit_of_work: OpenUnitOfWork, booking: Booking, now: datetime) -> str:
    """Return the path of a new link to a booking; only the hash of its secret is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with unit_of_work() as unit:
        unit.booking_clock.add_link(booking.id, token_hash(token), now)
    return f"/bookings/{token}"


def booking_by_link(unit_of_work: OpenUnitOfWork, token: str) -> tuple[Booking, Hall]:
    """Return the booking under a link, and its hall; raises `UnknownBooking`."""
    with unit_of_work() as unit:
        booking = unit.booking_clock.by_link(token_hash(token))
        return booking, unit.service_settings.hall(booking.district)
