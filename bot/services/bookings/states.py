"""What happens to a booking within somebody else's transaction: states, reminders, confirmation."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.bookings import ALLOWED_BOOKING_STATES, Booking, BookingClosed, BookingState
from bot.domain.waits import WaitState
from bot.services.ports import UnitOfWork


def open_booking(unit: UnitOfWork, number: str, wanted: BookingState) -> Booking:
    """Return a booking that may become `wanted`; raises `UnknownBooking`, `BookingClosed`."""
    booking = unit.bookings.by_number(number.strip().upper())
    if wanted not in ALLOWED_BOOKING_STATES[booking.state]:
        raise BookingClosed(booking.state)
    return booking


def set_state(
    unit: UnitOfWork,
    seen: Booking,
    state: BookingState,
    *,
    actor: str,
    reason: str,
    origin: str | None,
    now: datetime,
) -> Booking:
    """Change the state of a booking as last seen.

    Raises:
        BookingClosed: Somebody else changed it first.
    """
    if not unit.bookings.set_state(seen, state, actor=actor, reason=reason, origin=origin, now=now):
        raise BookingClosed(unit.bookings.by_number(seen.number).state)
    return replace(seen, state=state, updated_at=now)


def call_off(
    unit: UnitOfWork,
    seen: Booking,
    *,
    actor: str,
    reason: str,
    origin: str | None,
    now: datetime,
) -> Booking:
    """Cancel a booking, give its place back and take its reminders away.

    Raises:
        BookingClosed: Somebody else changed it first.
    """
    unit.bookings.give_back(seen.district, seen.mode, seen.starts_at)
    unit.booking_clock.disarm(seen.id)
    return set_state(
        unit, seen, BookingState.CANCELLED, actor=actor, reason=reason, origin=origin, now=now
    )


def arm(unit: UnitOfWork, booking: Booking, now: datetime) -> None:
    """Store when the applicant is reminded of a booking."""
    rules = unit.service_settings.booking_rules()
    unit.booking_clock.arm(booking.id, rules.reminders_of(booking.starts_at, now))


def use_up(unit: UnitOfWork, booking: Booking, conversation_id: str, now: datetime) -> None:
    """Take away what was kept or offered to the conversation of the slot that it has now."""
    unit.booking_holds.release_slot(
        conversation_id, booking.district, booking.mode, booking.starts_at
    )
    for wait in unit.booking_waits.of_conversation(conversation_id):
        is_same = (wait.district, wait.mode, wait.offered_at) == (
            booking.district,
            booking.mode,
            booking.starts_at,
        )
        if wait.state is WaitState.OFFERED and is_same:
            unit.booking_waits.move(wait, WaitState.ACCEPTED, actor="applicant", now=now)


def confirm_by(unit: UnitOfWork, phone: str, starts_at: datetime, now: datetime) -> datetime | None:
    """Return until when a booking has to be confirmed on the telephone, None when it need not.

    That is the rule for those who did not come several times. A booking at short notice has half
    of the time that is left.
    """
    rule = unit.service_settings.booking_rules().no_show
    missed = unit.booking_clock.no_shows(phone, now - timedelta(days=rule.within_days))
    if missed < rule.limit:
        return None
    return max(starts_at - rule.confirm_before, now + (starts_at - now) / 2)
