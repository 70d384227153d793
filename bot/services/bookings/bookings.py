"""Booking a helper (帮办代办预约): book, move, cancel, find again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.bookings import (
    MAX_NOTE_LENGTH,
    BadContact,
    Booking,
    BookingEvent,
    BookingState,
    TooManyBookings,
    contact,
)
from bot.domain.errors import BotError
from bot.domain.halls import Mode
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.places import agreed_slot, moved, swap_places
from bot.services.bookings.proof import proven_booking
from bot.services.bookings.slots import Asker, SlotView
from bot.services.bookings.states import arm, call_off, confirm_by, open_booking, use_up
from bot.services.operating.numbers import NumberKind, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.services_ports import NewBooking


def book(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    district: str,
    mode: Mode,
    starts_at: datetime,
    contact_name: str,
    contact_phone: str,
    now: datetime,
    calendar: WorkingCalendar,
    matter_id: str | None = None,
    note: str = "",
    provisional: bool = False,
    actor: str = "applicant",
) -> Booking:
    """Book one place; the same `origin` again returns the first booking.

    `starts_at` is the start of a slot. `provisional` says that the applicant was told that the
    day's calendar is not published yet, and agreed. What was kept for the conversation is used up.

    Raises:
        BadContact: Name, telephone number or note cannot be used.
        UnknownDistrict: No hall serves the district.
        SlotUnavailable: One of its children says why, with what is free nearby.
        AlreadyBooked: The telephone number has a booking at that time.
        TooManyBookings: It holds as many open bookings as one may.
    """
    person, kept_note = contact(contact_name, contact_phone), _checked_note(note)

    def write(unit: UnitOfWork) -> Booking:
        asker = Asker(conversation_id, matter_id)
        view = _view(unit, district, mode, now, calendar, asker=asker)
        slot, is_provisional = agreed_slot(view, starts_at, agreed=provisional)
        # two at once may slip past this soft limit; the places themselves never do
        if unit.bookings.open_of_phone(person.phone, now) >= view.rules.max_active:
            raise TooManyBookings(str(view.rules.max_active))
        agent_id = view.take(slot)
        new = NewBooking(
            origin=origin,
            number=next_number(unit, NumberKind.BOOKING, now),
            conversation_id=conversation_id,
            district=district,
            mode=mode,
            slot=slot,
            contact=person,
            note=kept_note,
            matter_id=matter_id,
            provisional=is_provisional,
            agent_id=agent_id,
            confirm_by=confirm_by(unit, person.phone, starts_at, now),
            actor=actor,
        )
        booking = unit.bookings.add(new, now)
        use_up(unit, booking, conversation_id, now)
        arm(unit, booking, now)
        return booking

    return _once(unit_of_work, origin, write)


def reschedule(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    number: str,
    starts_at: datetime,
    now: datetime,
    calendar: WorkingCalendar,
    mode: Mode | None = None,
    district: str | None = None,
    phone_tail: str | None = None,
    provisional: bool = False,
    actor: str = "applicant",
) -> Booking:
    """Move a booking; the old place is given back only together with taking the new one.

    `mode` and `district` None keep what was booked. `phone_tail`, the last four digits of the
    telephone number, is needed from another conversation. `provisional` is as in `book`.

    Raises:
        UnknownBooking: No such booking, or neither conversation nor digits fit.
        TooManyTries: Too many wrong digits.
        BookingClosed: It is cancelled or done.
        UnknownDistrict: No hall serves the new district.
        SlotUnavailable: As in `book`; the old place is kept.
        AlreadyBooked: As in `book`.
    """
    proven_booking(
        unit_of_work,
        number=number,
        conversation_id=conversation_id,
        phone_tail=phone_tail,
        now=now,
    )

    def write(unit: UnitOfWork) -> Booking:
        seen = open_booking(unit, number, BookingState.CHANGED)
        place, way = district or seen.district, mode or seen.mode
        if (place, way, starts_at) == (seen.district, seen.mode, seen.starts_at):
            return seen
        asker = Asker(conversation_id, seen.matter_id, moved=seen.id)
        view = _view(unit, place, way, now, calendar, asker=asker)
        slot, is_provisional = agreed_slot(view, starts_at, agreed=provisional)
        new = replace(
            moved(seen, origin, place, way, slot, actor=actor),
            provisional=is_provisional,
            confirm_by=confirm_by(unit, seen.contact_phone, starts_at, now),
        )
        booking = swap_places(unit, seen, view, new, now)
        use_up(unit, booking, conversation_id, now)
        arm(unit, booking, now)
        return booking

    return _once(unit_of_work, origin, write)


def cancel(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    number: str,
    now: datetime,
    phone_tail: str | None = None,
    reason: str = "",
) -> Booking:
    """Cancel a booking and give its place back.

    Raises:
        UnknownBooking: No such booking, or neither conversation nor digits fit.
        TooManyTries: Too many wrong digits.
        BookingClosed: It is cancelled or done already.
    """
    proven_booking(
        unit_of_work,
        number=number,
        conversation_id=conversation_id,
        phone_tail=phone_tail,
        now=now,
    )

    def write(unit: UnitOfWork) -> Booking:
        seen = open_booking(unit, number, BookingState.CANCELLED)
        return call_off(
            unit, seen, actor="applicant", reason=reason or "cancelled", origin=origin, now=now
        )

    return _once(unit_of_work, origin, write)


def my_bookings(
    unit_of_work: OpenUnitOfWork, conversation_id: str, *, only_open: bool = False
) -> tuple[Booking, ...]:
    """Return the bookings made in a conversation, the latest time first."""
    with unit_of_work() as unit:
        found = unit.bookings.of_conversation(conversation_id)
    return tuple(booking for booking in found if booking.is_open or not only_open)


def find_booking(
    unit_of_work: OpenUnitOfWork, *, number: str, phone_tail: str, now: datetime
) -> Booking:
    """Return a booking to whoever knows its number and the end of its telephone number.

    Raises:
        UnknownBooking: No such booking, or other digits.
        TooManyTries: Too many wrong digits for this number within an hour.
    """
    return proven_booking(
        unit_of_work, number=number, conversation_id=None, phone_tail=phone_tail, now=now
    )


def booking_history(unit_of_work: OpenUnitOfWork, *, number: str) -> tuple[BookingEvent, ...]:
    """Return the history of a booking, oldest first; raises `UnknownBooking`."""
    with unit_of_work() as unit:
        return unit.bookings.events(unit.bookings.by_number(number).id)


def due_bookings(
    unit_of_work: OpenUnitOfWork, *, first: datetime, last: datetime, district: str | None = None
) -> tuple[Booking, ...]:
    """Return open bookings that start in [first, last), by start; for staff and reminders."""
    with unit_of_work() as unit:
        return unit.bookings.due(district, first, last)


def _once(
    unit_of_work: OpenUnitOfWork, origin: str, write: Callable[[UnitOfWork], Booking]
) -> Booking:
    try:
        with unit_of_work() as unit:
            return unit.bookings.by_origin(origin) or write(unit)
    except BotError:
        # a twin of this very message may have taken the place a moment ago: then it is no refusal
        with unit_of_work() as unit:
            first = unit.bookings.by_origin(origin)
        if first is None:
            raise
        return first


def _checked_note(note: str) -> str:
    if len(note) > MAX_NOTE_LENGTH:
        raise BadContact("note")
    return note.strip()


def _view(
    unit: UnitOfWork,
    district: str,
    mode: Mode,
    now: datetime,
    calendar: WorkingCalendar,
    *,
    asker: Asker,
) -> SlotView:
    unit.service_settings.hall(district)  # an unknown district is refused
    return SlotView(unit, district, mode, now, calendar, asker=asker)
