"""What staff does with bookings: the day, arrivals, no-shows, notes, helpers, cancellations."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.bookings import (
    MAX_NOTE_LENGTH,
    BadContact,
    Booking,
    BookingClosed,
    BookingEvent,
    BookingState,
    NotToday,
    UnknownBooking,
)
from bot.domain.conversations import Button
from bot.domain.halls import Mode, at_local, to_local
from bot.domain.helpers import Helper, HelperBusy
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.waits import Wait
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.bookings import book, reschedule
from bot.services.bookings.news import BookingTeller, spoken
from bot.services.bookings.staff import Staff
from bot.services.bookings.states import call_off, open_booking, set_state
from bot.services.ports import OpenUnitOfWork, UnitOfWork

MAX_DAYS = 7
MOST_WAITING = 100
"""Lines of the waiting list that one page shows."""


@dataclass(frozen=True)
class Reception:
    """Who works at the desk, and with what."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    calendar: WorkingCalendar
    teller: BookingTeller

    @property
    def actor(self) -> str:
        """Return how the history names this person."""
        return f"agent:{self.agent.id}"

    @property
    def districts(self) -> tuple[str, ...] | None:
        """Return the districts whose bookings are seen, None for the whole city."""
        if self.agent.oversees or not self.agent.districts:
            return None
        return self.agent.districts


@dataclass(frozen=True)
class DaySheet:
    """The bookings of some days.

    Attributes:
        bookings: By start, whatever their state.
        to_move: Those whose applicants were asked to move them, also of other days.
        waiting: The waiting list, in order of joining.
        helpers: Name by account.
    """

    first: date
    days: int
    bookings: tuple[Booking, ...]
    to_move: tuple[Booking, ...]
    waiting: tuple[Wait, ...]
    helpers: dict[int, str]


@dataclass(frozen=True)
class BookingPage:
    """One booking as staff sees it."""

    booking: Booking
    events: tuple[BookingEvent, ...]
    helper: str
    helpers: tuple[Helper, ...]
    no_shows: int
    names: dict[str, str]


def day_sheet(
    reception: Reception, first: date, days: int, *, district: str | None, only_own: bool
) -> DaySheet:
    """Return the bookings of up to a week that this person may see.

    Raises:
        NotAllowed: The account does not serve applicants.
    """
    _check(reception)
    days = min(max(days, 1), MAX_DAYS)
    begins = at_local(first, time.min)
    seen = reception.districts
    if district is not None:
        seen = (district,) if seen is None or district in seen else ()
    with reception.unit_of_work() as unit:
        found = unit.bookings.starting(
            begins,
            begins + timedelta(days=days),
            districts=None if only_own else seen,
            agent_id=reception.agent.id if only_own else None,
        )
        return DaySheet(
            first=first,
            days=days,
            bookings=found,
            to_move=unit.bookings.to_move(seen, reception.now),
            waiting=unit.booking_waits.listed(seen, MOST_WAITING),
            helpers={each.agent_id: each.name for each in unit.helpers.all()},
        )


def read_booking(reception: Reception, number: str) -> BookingPage:
    """Return one booking with its history; the look is put into the audit trail.

    Raises:
        NotAllowed: The account does not serve applicants.
        UnknownBooking: No such booking, or of a district that is not this person's.
    """
    with reception.unit_of_work() as unit:
        booking = _seen(unit, reception, number)
        unit.people.add_audit(
            AuditEntry(reception.now, reception.agent.id, "booking_read", booking.number)
        )
        rule = unit.service_settings.booking_rules().no_show
        since = reception.now - timedelta(days=rule.within_days)
        staff = {f"agent:{each.id}": each.name for each in unit.people.agents()}
        return BookingPage(
            booking=booking,
            events=unit.bookings.events(booking.id),
            helper=staff.get(f"agent:{booking.agent_id}", ""),
            helpers=unit.helpers.serving(booking.district, booking.mode),
            no_shows=unit.booking_clock.no_shows(booking.contact_phone, since),
            names=staff,
        )


def check_in(reception: Reception, number: str) -> Booking:
    """Note that the applicant has come; the number is typed or read from the QR code.

    Raises:
        UnknownBooking: As in `read_booking`.
        NotToday: It is for another day.
        BookingClosed: Cancelled, done, or checked in already.
    """
    with reception.unit_of_work() as unit:
        _seen(unit, reception, number)
        seen = open_booking(unit, number, BookingState.ARRIVED)
        if to_local(seen.starts_at).date() != to_local(reception.now).date():
            raise NotToday(seen.number)
        return _state(unit, reception, seen, BookingState.ARRIVED, "arrived")


def mark_no_show(reception: Reception, number: str) -> Booking:
    """Note that nobody came; counts for the rule about those who stay away.

    Raises:
        UnknownBooking: As in `read_booking`.
        NotToday: The slot has not begun yet.
        BookingClosed: Cancelled, done, or arrived.
    """
    with reception.unit_of_work() as unit:
        _seen(unit, reception, number)
        seen = open_booking(unit, number, BookingState.NO_SHOW)
        if reception.now < seen.starts_at:
            raise NotToday(seen.number)
        return _state(unit, reception, seen, BookingState.NO_SHOW, "no_show")


def finish(reception: Reception, number: str) -> Booking:
    """Mark a booking as done; its place stays used.

    Raises:
        UnknownBooking: As in `read_booking`.
        BookingClosed: It is cancelled or done already.
    """
    with reception.unit_of_work() as unit:
        _seen(unit, reception, number)
        seen = open_booking(unit, number, BookingState.DONE)
        unit.booking_clock.disarm(seen.id)
        return _state(unit, reception, seen, BookingState.DONE, "done")


def write_note(reception: Reception, number: str, note: str) -> Booking:
    """Put a note on a booking; only staff reads it.

    Raises:
        UnknownBooking: As in `read_booking`.
        BadContact: The note is too long.
        BookingClosed: The booking has changed meanwhile.
    """
    if len(note) > MAX_NOTE_LENGTH:
        raise BadContact("note")
    with reception.unit_of_work() as unit:
        return _noted(unit, reception, _seen(unit, reception, number), "note", note=note.strip())


def confirm(reception: Reception, number: str) -> Booking:
    """Note that the applicant has confirmed on the telephone; raises as `finish`."""
    with reception.unit_of_work() as unit:
        _seen(unit, reception, number)
        seen = open_booking(unit, number, BookingState.CHANGED)
        booking = _noted(unit, reception, seen, "confirmed", confirm_by=None)
        _tell(unit, reception, booking, reception.teller.texts.confirmed)
        return booking


def hand_to(reception: Reception, number: str, agent_id: int) -> Booking:
    """Give a booking to another helper; the applicant is told.

    Raises:
        UnknownBooking: As in `read_booking`.
        UnknownHelper: Nobody of this id serves this district and way.
        HelperBusy: The helper is away or has somebody else.
        BookingClosed: It cannot change any more.
    """
    with reception.unit_of_work() as unit:
        _seen(unit, reception, number)
        seen = open_booking(unit, number, BookingState.CHANGED)
        unit.helpers.get(agent_id)
        staff = Staff(unit, seen.district, seen.mode, reception.now, moved=seen.id)
        is_free, found = staff.choose(seen.starts_at, seen.ends_at, agent_id)
        if not is_free or found != agent_id:
            raise HelperBusy(str(agent_id))
        if seen.agent_id == agent_id:
            return seen
        booking = _noted(unit, reception, seen, "handed", agent_id=agent_id, move_asked_at=None)
        _tell(unit, reception, booking, reception.teller.texts.helper_changed)
        return booking


def cancel_for(reception: Reception, number: str, reason: str) -> Booking:
    """Cancel a booking with a reason that the applicant reads; raises as `finish`."""
    with reception.unit_of_work() as unit:
        _seen(unit, reception, number)
        seen = open_booking(unit, number, BookingState.CANCELLED)
        booking = call_off(
            unit, seen, actor=reception.actor, reason=reason, origin=None, now=reception.now
        )
        texts = reception.teller.texts
        _tell(unit, reception, booking, texts.staff_cancelled, texts.again(), reason=reason)
        return booking


def move_for(reception: Reception, number: str, starts_at: datetime, origin: str) -> Booking:
    """Move a booking for its applicant, who is told.

    Raises:
        UnknownBooking: As in `read_booking`.
        SlotUnavailable: The new slot cannot be had; the old one is kept.
        BookingClosed: It cannot change any more.
        AlreadyBooked: The applicant has a booking at that time.
    """
    with reception.unit_of_work() as unit:
        before = _seen(unit, reception, number)
    moved = reschedule(
        reception.unit_of_work,
        origin=origin,
        conversation_id=before.conversation_id,
        number=before.number,
        starts_at=starts_at,
        now=reception.now,
        calendar=reception.calendar,
        provisional=True,  # the desk shows the mark
        actor=reception.actor,
    )
    texts, old = reception.teller.texts, spoken(before.starts_at, reception.now)
    with reception.unit_of_work() as unit:
        _tell(unit, reception, moved, texts.staff_moved, texts.existing(), old=old)
    return moved


def book_for(
    reception: Reception,
    *,
    origin: str,
    conversation_id: str,
    district: str,
    mode: Mode,
    starts_at: datetime,
    contact_name: str,
    contact_phone: str,
    matter_id: str | None,
    note: str,
) -> Booking:
    """Book from inside a conversation; the applicant reads it there.

    Raises:
        NotAllowed: The account does not serve applicants, or not this district.
        BotError: As in `bot.services.bookings.bookings.book`.
    """
    _check(reception)
    with reception.unit_of_work() as unit:
        unit.conversations.get(conversation_id)
        known = unit.bookings.by_origin(origin)
    booking = known or book(
        reception.unit_of_work,
        origin=origin,
        conversation_id=conversation_id,
        district=district,
        mode=mode,
        starts_at=starts_at,
        contact_name=contact_name,
        contact_phone=contact_phone,
        matter_id=matter_id,
        note=note,
        now=reception.now,
        calendar=reception.calendar,
        provisional=True,  # the desk shows the mark
        actor=reception.actor,
    )
    if known is None:
        texts = reception.teller.texts
        with reception.unit_of_work() as unit:
            _tell(unit, reception, booking, texts.staff_booked, texts.existing())
    return booking


def _check(reception: Reception) -> None:
    if not reception.agent.serves:
        raise NotAllowed


def _seen(unit: UnitOfWork, reception: Reception, number: str) -> Booking:
    _check(reception)
    booking = unit.bookings.by_number(number.strip().upper())
    districts = reception.districts
    is_own = booking.agent_id == reception.agent.id
    if districts is not None and booking.district not in districts and not is_own:
        raise UnknownBooking(number)
    return booking


def _state(
    unit: UnitOfWork, reception: Reception, seen: Booking, to: BookingState, reason: str
) -> Booking:
    return set_state(
        unit, seen, to, actor=reception.actor, reason=reason, origin=None, now=reception.now
    )


def _noted(
    unit: UnitOfWork, reception: Reception, seen: Booking, reason: str, **values: object
) -> Booking:
    is_written = unit.bookings.note_down(
        seen, actor=reception.actor, reason=reason, now=reception.now, **values
    )
    after = unit.bookings.by_number(seen.number)
    if not is_written:
        raise BookingClosed(after.state)
    return after


def _tell(
    unit: UnitOfWork,
    reception: Reception,
    booking: Booking,
    text: str,
    buttons: tuple[Button, ...] = (),
    **more: str,
) -> None:
    reception.teller.about(unit, booking, text, now=reception.now, buttons=buttons, **more)
