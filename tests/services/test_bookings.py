from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.domain.bookings import (
    AlreadyBooked,
    BookingClosed,
    BookingState,
    SlotNotOffered,
    SlotPast,
    SlotProvisional,
    SlotTaken,
    SlotTooFar,
    SlotUnavailable,
    TooManyBookings,
    TooManyTries,
    UnknownBooking,
)
from bot.domain.errors import UnknownDistrict
from bot.domain.halls import Mode, to_local
from bot.domain.slots import SlotKind
from bot.services.bookings import bookings, slots
from bot.store.tables.services import BOOKING_EVENTS, BOOKINGS
from tests.service_factories import (
    DISTRICT,
    NOW,
    SATURDAY,
    TUESDAY,
    OpenUnit,
    at,
    book,
    calendar,
    cancel,
    reschedule,
    seeded,
)

NEW_YEARS_TUESDAY = date(2027, 1, 5)


def free(unit_of_work: OpenUnit, on: date, mode: Mode = Mode.WINDOW) -> dict[str, int]:
    found = slots.free_slots(
        unit_of_work, district=DISTRICT, mode=mode, on=on, now=NOW, calendar=calendar()
    )
    return {f"{to_local(slot.starts_at):%H:%M}": slot.free for slot in found}


def rows(engine: Engine, table: object) -> int:
    with engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar())


def test_a_booking_takes_one_place_and_says_where_it_stands(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    before = free(unit_of_work, TUESDAY)["10:00"]
    booking = book(unit_of_work, note=" 带营业执照 ", matter_id="biz-company")
    assert booking.number.startswith("YY-20261123-")
    assert booking.state is BookingState.BOOKED
    assert booking.starts_at == at(TUESDAY, 10)
    assert booking.ends_at == at(TUESDAY, 10, 30)
    assert (booking.note, booking.matter_id) == ("带营业执照", "biz-company")
    assert not booking.provisional
    assert free(unit_of_work, TUESDAY)["10:00"] == before - 1


def test_the_same_message_twice_books_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    assert book(unit_of_work) == book(unit_of_work)
    assert rows(engine, BOOKINGS) == 1
    assert rows(engine, BOOKING_EVENTS) == 1


def test_a_full_slot_is_refused_with_the_nearest_free_ones(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    for who in range(6):
        book(unit_of_work, who)
    with pytest.raises(SlotTaken) as caught:
        book(unit_of_work, 7)
    offered = [f"{to_local(slot.starts_at):%d %H:%M}" for slot in caught.value.alternatives]
    assert offered == ["24 09:30", "24 10:30", "24 09:00"]
    assert "10:00" not in free(unit_of_work, TUESDAY)


def test_alternatives_reach_into_other_days(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    saturday = at(SATURDAY, 20)
    with pytest.raises(SlotNotOffered) as caught:
        book(unit_of_work, starts_at=saturday, mode=Mode.ON_SITE)
    assert to_local(caught.value.alternatives[0].starts_at).date() == SATURDAY


@pytest.mark.parametrize(
    ("day", "hour", "minute", "error"),
    [
        (date(2026, 11, 20), 10, 0, SlotPast),  # Friday, gone
        (date(2026, 11, 23), 8, 30, SlotPast),  # now
        (date(2026, 11, 23), 9, 0, SlotPast),  # half an hour's notice is needed, just missed
        (TUESDAY, 8, 0, SlotNotOffered),  # closed
        (TUESDAY, 10, 15, SlotNotOffered),  # not on the half-hour
        (date(2026, 11, 28), 15, 0, SlotNotOffered),  # Saturday afternoon
        (date(2027, 5, 1), 9, 0, SlotTooFar),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    engine: Engine, day: date, hour: int, minute: int, error: type[SlotUnavailable]
) -> None:
    unit_of_work = seeded(engine)
    with pytest.raises(error):
        book(unit_of_work, starts_at=at(day, hour, minute))
    assert rows(engine, BOOKINGS) == 0


def test_a_year_without_calendar_needs_the_applicants_consent(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    starts_at = at(NEW_YEARS_TUESDAY, 10)
    with pytest.raises(SlotProvisional):
        book(unit_of_work, starts_at=starts_at)
    assert book(unit_of_work, starts_at=starts_at, provisional=True).provisional
    found = slots.free_slots(
        unit_of_work,
        district=DISTRICT,
        mode=Mode.WINDOW,
        on=NEW_YEARS_TUESDAY,
        now=NOW,
        calendar=calendar(),
    )
    assert found
    assert all(slot.provisional for slot in found)


def test_slots_outside_office_hours_are_fewer_and_named(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    found = slots.free_slots(
        unit_of_work,
        district=DISTRICT,
        mode=Mode.WINDOW,
        on=TUESDAY,
        now=NOW,
        calendar=calendar(),
    )
    by_kind = {slot.kind: slot.free for slot in found}
    assert set(by_kind) == {SlotKind.REGULAR, SlotKind.NOON, SlotKind.EVENING}
    assert by_kind[SlotKind.NOON] < by_kind[SlotKind.REGULAR]
    assert set(free(unit_of_work, SATURDAY)) == {
        "09:00", "09:30", "10:00", "10:30", "11:00", "11:30",
    }  # fmt: skip


def test_an_unknown_district_is_refused(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    with pytest.raises(UnknownDistrict):
        book(unit_of_work, district="999999")


def test_nobody_is_booked_into_two_places_at_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    book(unit_of_work)
    with pytest.raises(AlreadyBooked):
        book(unit_of_work, origin="another message", mode=Mode.PHONE)
    assert free(unit_of_work, TUESDAY, Mode.PHONE)["10:00"] == 6


def test_one_telephone_cannot_book_the_whole_hall(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    for hour in (10, 11, 14):
        book(unit_of_work, origin=f"m{hour}", starts_at=at(TUESDAY, hour))
    with pytest.raises(TooManyBookings):
        book(unit_of_work, origin="m15", starts_at=at(TUESDAY, 15))


def test_moving_gives_the_old_place_back_and_keeps_the_number(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    moved = reschedule(unit_of_work, booking, starts_at=at(SATURDAY, 9), mode=Mode.VIDEO)
    assert moved.number == booking.number
    assert (moved.state, moved.mode) == (BookingState.CHANGED, Mode.VIDEO)
    assert moved.kind is SlotKind.WEEKEND
    assert free(unit_of_work, TUESDAY)["10:00"] == 6
    assert "09:00" not in free(unit_of_work, SATURDAY, Mode.VIDEO)
    again = reschedule(unit_of_work, booking, starts_at=at(SATURDAY, 9), mode=Mode.VIDEO)
    assert again == moved
    history = bookings.booking_history(unit_of_work, number=booking.number)
    assert [event.state for event in history] == [BookingState.BOOKED, BookingState.CHANGED]
    assert [event.starts_at for event in history] == [booking.starts_at, moved.starts_at]


def test_a_move_to_a_full_slot_keeps_the_old_place(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    for who in range(1, 7):
        book(unit_of_work, who, starts_at=at(TUESDAY, 11))
    with pytest.raises(SlotTaken):
        reschedule(unit_of_work, booking, starts_at=at(TUESDAY, 11))
    with pytest.raises(SlotTaken):  # the other way round in time, so in the other order of locks
        reschedule(unit_of_work, booking, starts_at=at(TUESDAY, 11), origin="again")
    assert free(unit_of_work, TUESDAY)["10:00"] == 5
    assert bookings.my_bookings(unit_of_work, "c0") == (booking,)


def test_a_move_onto_another_own_booking_is_refused_and_changes_nothing(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    book(unit_of_work, origin="second", starts_at=at(TUESDAY, 11))
    with pytest.raises(AlreadyBooked):
        reschedule(unit_of_work, booking, starts_at=at(TUESDAY, 11))
    assert free(unit_of_work, TUESDAY)["11:00"] == 5


def test_a_move_to_where_it_is_changes_nothing(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    assert reschedule(unit_of_work, booking, starts_at=booking.starts_at) == booking
    assert rows(engine, BOOKING_EVENTS) == 1


def test_cancelling_gives_the_place_back_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    assert cancel(unit_of_work, booking).state is BookingState.CANCELLED
    assert cancel(unit_of_work, booking).state is BookingState.CANCELLED
    assert free(unit_of_work, TUESDAY)["10:00"] == 6
    with pytest.raises(BookingClosed):
        cancel(unit_of_work, booking, origin="a later message")
    with pytest.raises(BookingClosed):
        reschedule(unit_of_work, booking)
    assert bookings.my_bookings(unit_of_work, "c0", only_open=True) == ()
    assert book(unit_of_work, origin="new").number != booking.number


def test_a_stranger_needs_the_end_of_the_telephone_number(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    with pytest.raises(UnknownBooking):
        cancel(unit_of_work, booking, conversation_id="c9")
    with pytest.raises(UnknownBooking):
        cancel(unit_of_work, booking, conversation_id="c9", phone_tail="9999")
    with pytest.raises(UnknownBooking):
        cancel(unit_of_work, booking, conversation_id="c9", phone_tail="0")
    found = bookings.find_booking(
        unit_of_work, number=booking.number.lower(), phone_tail="0000", now=NOW
    )
    assert found == booking
    moved = reschedule(unit_of_work, booking, conversation_id="c9", phone_tail="0000")
    assert moved.conversation_id == "c0"


def test_guessing_digits_is_stopped_and_forgotten_after_an_hour(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    for guess in range(5):
        with pytest.raises(UnknownBooking):
            bookings.find_booking(
                unit_of_work, number=booking.number, phone_tail=f"111{guess}", now=NOW
            )
    with pytest.raises(TooManyTries):
        bookings.find_booking(unit_of_work, number=booking.number, phone_tail="0000", now=NOW)
    later = NOW + timedelta(minutes=61)
    found = bookings.find_booking(unit_of_work, number=booking.number, phone_tail="0000", now=later)
    assert found == booking
    assert bookings.my_bookings(unit_of_work, "c0") == (booking,)


def test_a_number_that_does_not_exist_looks_like_somebody_elses(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    with pytest.raises(UnknownBooking):
        bookings.find_booking(unit_of_work, number="YY-20261123-9999", phone_tail="0000", now=NOW)


def test_the_first_free_slots_start_after_the_notice_time(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    found = slots.first_free_slots(
        unit_of_work, district=DISTRICT, mode=Mode.ON_SITE, now=NOW, calendar=calendar(), limit=2
    )
    starts = [f"{to_local(slot.starts_at):%d %H:%M}" for slot in found]
    assert starts == ["23 13:30", "23 14:00"]  # four hours' notice, nobody goes out at noon


def test_staff_see_the_open_bookings_of_a_day_in_order(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    later = book(unit_of_work, 1, starts_at=at(TUESDAY, 11))
    first = book(unit_of_work, 2)
    cancel(unit_of_work, book(unit_of_work, 3))
    book(unit_of_work, 4, starts_at=at(SATURDAY, 9))
    book(unit_of_work, 5, district="371502")
    day = {"first": at(TUESDAY, 0), "last": at(TUESDAY, 23)}
    found = bookings.due_bookings(unit_of_work, district=DISTRICT, **day)
    assert found == (first, later)
    assert len(bookings.due_bookings(unit_of_work, **day)) == 3
