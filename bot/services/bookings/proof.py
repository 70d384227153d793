"""Whose booking is it: the conversation that made it, or whoever knows its telephone number."""

from datetime import datetime, timedelta

from bot.domain.bookings import PHONE_TAIL_LENGTH, Booking, TooManyTries, UnknownBooking
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.identity import hold_number

MAX_FAILED_LOOKUPS = 5
LOOKUP_WINDOW = timedelta(hours=1)
"""After so many wrong telephone digits within this time a number is not shown to anybody."""


def proven_booking(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    conversation_id: str | None,
    phone_tail: str | None,
    now: datetime,
) -> Booking:
    """Return a booking that is shown to be the asker's own; a wrong try is written down.

    Raises:
        UnknownBooking: No such booking, or neither conversation nor digits fit.
        TooManyTries: Too many wrong digits for this number within `LOOKUP_WINDOW`.
    """
    asked = number.strip().upper()
    with unit_of_work() as unit:
        booking = _find(unit, asked)
        if booking and conversation_id == booking.conversation_id:
            return booking
        if phone_tail is None:
            raise UnknownBooking(number)
        hold_number(unit, f"booking:{asked}")
        if unit.bookings.failed_lookups(asked, now - LOOKUP_WINDOW) >= MAX_FAILED_LOOKUPS:
            raise TooManyTries(number)
        tail = phone_tail.strip()
        if booking and len(tail) == PHONE_TAIL_LENGTH and booking.contact_phone.endswith(tail):
            return booking
        unit.bookings.note_failed_lookup(asked, now)
    # outside the block, so that the failed try is committed
    raise UnknownBooking(number)


def _find(unit: UnitOfWork, number: str) -> Booking | None:
    try:
        return unit.bookings.by_number(number)
    except UnknownBooking:
        return None
