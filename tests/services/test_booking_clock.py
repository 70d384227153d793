"""Reminders go out once, at a decent hour; what nobody confirmed is cancelled."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.domain.bookings import BookingState
from bot.services.bookings import desk as booking_desk
from bot.store.tables.booking_desk import BOOKING_REMINDERS
from tests.booking_desk_factories import (
    applicant,
    reception,
    said,
    staff,
    sweep,
)
from tests.service_factories import (
    NOW,
    TUESDAY,
    OpenUnit,
    at,
    book,
    cancel,
    reschedule,
    seeded,
)
from tests.services.test_booking_races import together

THURSDAY = TUESDAY + timedelta(days=2)
WEDNESDAY = TUESDAY + timedelta(days=1)


def booked(unit_of_work: OpenUnit) -> tuple[str, object]:
    who = applicant(unit_of_work)
    return who, book(unit_of_work, conversation_id=who, starts_at=at(THURSDAY, 10))


def test_an_applicant_is_reminded_the_day_before_and_an_hour_before(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    who, _ = booked(unit_of_work)
    assert sweep(unit_of_work, at(WEDNESDAY, 9, 59)) == ()
    assert sweep(unit_of_work, at(WEDNESDAY, 10)) == (who,)
    assert sweep(unit_of_work, at(WEDNESDAY, 10)) == ()
    assert sweep(unit_of_work, at(THURSDAY, 8, 59)) == ()
    assert sweep(unit_of_work, at(THURSDAY, 9)) == (who,)
    assert all("11月26日（周四）10:00有窗口帮办预约" in line for line in said(unit_of_work, who))


def test_two_sweepers_remind_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    who, _ = booked(unit_of_work)
    told = together([lambda: sweep(unit_of_work, at(WEDNESDAY, 10))] * 6)
    assert [each for one in told for each in one] == [who]
    assert len(said(unit_of_work, who)) == 1


def test_a_cancelled_booking_reminds_nobody(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    who, booking = booked(unit_of_work)
    cancel(unit_of_work, booking)
    assert sweep(unit_of_work, at(WEDNESDAY, 10)) == ()
    with engine.begin() as connection:
        count = select(func.count()).select_from(BOOKING_REMINDERS)
        assert connection.execute(count).scalar() == 0
    assert said(unit_of_work, who) == []


def test_a_moved_booking_reminds_of_its_new_time_again(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    who, booking = booked(unit_of_work)
    sweep(unit_of_work, at(WEDNESDAY, 10))
    reschedule(unit_of_work, booking, starts_at=at(THURSDAY, 15), now=at(WEDNESDAY, 11))
    assert sweep(unit_of_work, at(WEDNESDAY, 12)) == ()
    assert sweep(unit_of_work, at(WEDNESDAY, 15)) == (who,)


def test_at_night_nobody_is_reminded_and_the_late_reminder_comes_in_the_morning(
    engine: Engine,
) -> None:
    unit_of_work = seeded(engine)
    who, _ = booked(unit_of_work)
    assert sweep(unit_of_work, at(WEDNESDAY, 22)) == ()
    assert sweep(unit_of_work, at(THURSDAY, 8)) == (who,)


def test_a_clock_that_was_away_says_only_what_still_helps(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    who, _ = booked(unit_of_work)
    assert sweep(unit_of_work, at(THURSDAY, 9, 30)) == (who,)
    assert len(said(unit_of_work, who)) == 1  # not the one of the day before as well
    other = applicant(unit_of_work)
    book(unit_of_work, 1, conversation_id=other, starts_at=at(THURSDAY, 11))
    assert sweep(unit_of_work, at(THURSDAY, 11, 5)) == ()


def test_who_stayed_away_twice_has_to_confirm_and_is_cancelled_otherwise(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    desk = staff(unit_of_work)
    who = applicant(unit_of_work)
    for hour in (10, 11):
        missed = book(
            unit_of_work, conversation_id=who, origin=f"o{hour}", starts_at=at(TUESDAY, hour)
        )
        assert missed.confirm_by is None
        booking_desk.mark_no_show(
            reception(unit_of_work, desk, at(TUESDAY, hour, 20)), missed.number
        )
    third = book(
        unit_of_work,
        conversation_id=who,
        origin="third",
        starts_at=at(THURSDAY, 10),
        now=at(TUESDAY, 12),
    )
    assert third.confirm_by == at(THURSDAY, 8)
    assert who in sweep(unit_of_work, at(THURSDAY, 8))
    with unit_of_work() as unit:
        assert unit.bookings.by_number(third.number).state is BookingState.CANCELLED
    assert "没有电话确认上" in said(unit_of_work, who)[-1]


def test_a_confirmed_booking_stays(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    desk = staff(unit_of_work)
    who = applicant(unit_of_work)
    for hour in (10, 11):
        missed = book(
            unit_of_work, conversation_id=who, origin=f"o{hour}", starts_at=at(TUESDAY, hour)
        )
        booking_desk.mark_no_show(
            reception(unit_of_work, desk, at(TUESDAY, hour, 20)), missed.number
        )
    third = book(
        unit_of_work,
        conversation_id=who,
        origin="third",
        starts_at=at(THURSDAY, 10),
        now=at(TUESDAY, 12),
    )
    booking_desk.confirm(reception(unit_of_work, desk, at(TUESDAY, 13)), third.number)
    sweep(unit_of_work, at(THURSDAY, 8))
    with unit_of_work() as unit:
        assert unit.bookings.by_number(third.number).is_open


def test_a_booking_at_short_notice_has_half_of_the_time_to_be_confirmed(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    desk = staff(unit_of_work)
    for hour in (10, 11):
        missed = book(unit_of_work, origin=f"o{hour}", starts_at=at(TUESDAY, hour))
        booking_desk.mark_no_show(
            reception(unit_of_work, desk, at(TUESDAY, hour, 20)), missed.number
        )
    soon = book(unit_of_work, origin="soon", starts_at=at(TUESDAY, 15), now=at(TUESDAY, 14))
    assert soon.confirm_by == at(TUESDAY, 14, 30)
    assert soon.confirm_by > NOW
