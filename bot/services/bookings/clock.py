"""What the clock does about bookings: remind, offer freed slots, cancel what nobody confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.booking_rules import BookingRules
from bot.domain.bookings import Booking
from bot.domain.halls import BadServiceSetting
from bot.domain.wait_errors import NothingToWaitFor
from bot.domain.waits import HoldPurpose, Wait, WaitState
from bot.planner.calendar import WorkingCalendar
from bot.services.bookings.holds import offer_to
from bot.services.bookings.news import BookingTeller, clock_time, say
from bot.services.bookings.ports import DueReminder
from bot.services.bookings.states import call_off
from bot.services.desk.assistance import end_with_plan
from bot.services.ports import OpenUnitOfWork, UnitOfWork

BATCH = 100
"""Reminders, offers and cancellations of one round; the rest follows in the next."""

LONGEST_LIST = 2000
"""Lines of the waiting list that one round looks through."""

HOLDS_KEPT = timedelta(days=1)
"""For so long somebody can still be told until when a slot was kept."""


@dataclass(frozen=True)
class BookingClock:
    """What a round needs."""

    unit_of_work: OpenUnitOfWork
    teller: BookingTeller
    calendar: WorkingCalendar


def sweep_bookings(clock: BookingClock, now: datetime) -> tuple[str, ...]:
    """Do one round; returns the conversations that heard something.

    Each line and the mark "done" are one transaction, so that two clocks at once say everything
    once. In quiet hours nobody is reminded and nothing is offered: places that become free at
    night stay with those who wait for them.
    """
    try:
        with clock.unit_of_work() as unit:
            rules = unit.service_settings.booking_rules()
            unit.booking_holds.forget(now - HOLDS_KEPT)
    except BadServiceSetting:  # nobody has seeded this database yet: nothing can be booked
        return ()
    told = dict.fromkeys(_unconfirmed(clock, now))
    told |= dict.fromkeys(_run_out(clock, now))
    told |= dict.fromkeys(end_with_plan(clock.unit_of_work, clock.teller, now=now, limit=BATCH))
    if not rules.quiet.covers(now):
        told |= dict.fromkeys(_offers(clock, now))
        told |= dict.fromkeys(_reminders(clock, rules, now))
    return tuple(told)


def _reminders(clock: BookingClock, rules: BookingRules, now: datetime) -> Iterator[str]:
    with clock.unit_of_work() as unit:
        due = unit.booking_clock.due(now, BATCH)
    texts = clock.teller.texts
    for reminder in due:
        with clock.unit_of_work() as unit:
            booking = unit.booking_clock.claim(reminder, now)
            is_told = (
                booking is not None
                and _is_wanted(booking, reminder, rules, now)
                and clock.teller.about(
                    unit, booking, texts.reminder, now=now, buttons=texts.existing()
                )
            )
        if booking is not None and is_told:
            yield booking.conversation_id


def _is_wanted(booking: Booking, reminder: DueReminder, rules: BookingRules, now: datetime) -> bool:
    """Tell whether a reminder still makes sense: not after the start, nor after a later one."""
    if not booking.is_open or now >= booking.starts_at:
        return False
    later = [
        due_at
        for due_at in rules.reminders_of(booking.starts_at, reminder.due_at).values()
        if due_at <= now
    ]
    return not later


def _unconfirmed(clock: BookingClock, now: datetime) -> Iterator[str]:
    with clock.unit_of_work() as unit:
        overdue = unit.booking_clock.unconfirmed(now, BATCH)
    for seen in overdue:
        with clock.unit_of_work() as unit:
            is_told = _cancel_unconfirmed(clock, unit, seen.number, now)
        if is_told:
            yield seen.conversation_id


def _cancel_unconfirmed(clock: BookingClock, unit: UnitOfWork, number: str, now: datetime) -> bool:
    booking = unit.bookings.by_number(number)
    if not booking.is_open or booking.confirm_by is None or booking.confirm_by > now:
        return False  # confirmed, moved or cancelled meanwhile
    call_off(unit, booking, actor="system", reason="unconfirmed", origin=None, now=now)
    texts = clock.teller.texts
    return clock.teller.about(unit, booking, texts.unconfirmed, now=now, buttons=texts.again())


def _run_out(clock: BookingClock, now: datetime) -> Iterator[str]:
    with clock.unit_of_work() as unit:
        over = unit.booking_waits.run_out(now, BATCH)
    for wait in over:
        with clock.unit_of_work() as unit:
            is_told = _take_back(clock, unit, wait, now)
        if is_told:
            yield wait.conversation_id


def _take_back(clock: BookingClock, unit: UnitOfWork, wait: Wait, now: datetime) -> bool:
    if not unit.booking_waits.move(wait, WaitState.EXPIRED, actor="system", now=now):
        return False
    unit.booking_holds.release(wait.conversation_id, HoldPurpose.OFFERED)
    assert wait.offered_at is not None
    assert wait.offer_until is not None
    until = clock_time(wait.offer_until)
    text = clock.teller.texts.offer_gone
    return _tell(clock, unit, wait, text, starts_at=wait.offered_at, now=now, until=until)


def _offers(clock: BookingClock, now: datetime) -> Iterator[str]:
    with clock.unit_of_work() as unit:
        lines = unit.booking_waits.next_waiting(0, LONGEST_LIST)
    stuck: set[tuple[object, ...]] = set()
    for wait in lines:
        wish = (wait.district, wait.mode, wait.first_at, wait.last_at)
        if wish in stuck:
            continue  # somebody before waits for the very same and has got nothing yet
        with clock.unit_of_work() as unit:
            is_told, is_stuck = _serve(clock, unit, wait, now)
        if is_stuck:
            stuck.add(wish)
        if is_told:
            yield wait.conversation_id


def _serve(clock: BookingClock, unit: UnitOfWork, wait: Wait, now: datetime) -> tuple[bool, bool]:
    """Offer the next slot to a line; returns whether something was said, and whether it waits."""
    texts = clock.teller.texts
    try:
        hold = offer_to(unit, wait, now=now, calendar=clock.calendar)
    except NothingToWaitFor:
        if not unit.booking_waits.move(wait, WaitState.MISSED, actor="system", now=now):
            return False, False
        return _tell(clock, unit, wait, texts.missed, starts_at=wait.first_at, now=now), False
    if hold is None:
        return False, True
    places = clock.teller.places(hold.mode, hold.district, hold.starts_at, now)
    text = texts.offer.format(**places, until=clock_time(hold.until))
    if not clock.calendar.covers(hold.starts_at.date()):
        text += texts.offer_provisional
    return say(unit, hold.conversation_id, text, texts.offered(), now), False


def _tell(
    clock: BookingClock,
    unit: UnitOfWork,
    wait: Wait,
    text: str,
    *,
    starts_at: datetime,
    now: datetime,
    **more: str,
) -> bool:
    places = clock.teller.places(wait.mode, wait.district, starts_at, now)
    words = text.format(**places, **more)
    return say(unit, wait.conversation_id, words, clock.teller.texts.again(), now)
