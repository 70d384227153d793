"""Staff: arrivals, no-shows, helpers with travel and absence, booking for somebody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.bookings import (
    Booking,
    BookingClosed,
    BookingState,
    NotToday,
    SlotTaken,
    UnknownBooking,
)
from bot.domain.halls import BadServiceSetting, Mode
from bot.domain.helpers import BadAbsence, HelperBusy, UnknownAbsence
from bot.domain.people import NotAllowed, Role
from bot.services.bookings import bookings
from bot.services.bookings import desk as booking_desk
from bot.services.bookings import office as booking_office
from bot.services.bookings.office import AbsenceOutcome, SettingChanged
from bot.store.service_settings import BOOKING_RULES, SLOT_RULES
from tests.booking_desk_factories import applicant, helper, hold, reception, said, staff
from tests.service_factories import (
    DISTRICT,
    NOW,
    SATURDAY,
    TUESDAY,
    OpenUnit,
    at,
    book,
    cancel,
    reschedule,
    seeded,
)
from tests.services.test_booking_races import together

NEXT = timedelta(days=1)


def test_who_comes_is_checked_in_by_number_and_then_done(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    desk = reception(unit_of_work, staff(unit_of_work), NOW + NEXT)
    assert booking_desk.check_in(desk, booking.number.lower()).state is BookingState.ARRIVED
    with pytest.raises(BookingClosed):
        booking_desk.check_in(desk, booking.number)
    with pytest.raises(BookingClosed):
        cancel(unit_of_work, booking)
    assert booking_desk.finish(desk, booking.number).state is BookingState.DONE
    last = bookings.booking_history(unit_of_work, number=booking.number)[-1]
    assert (last.actor, last.at) == (desk.actor, desk.now)


def test_nobody_arrives_or_stays_away_on_another_day(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    desk = reception(unit_of_work, staff(unit_of_work))
    with pytest.raises(NotToday):
        booking_desk.check_in(desk, booking.number)
    with pytest.raises(NotToday):
        booking_desk.mark_no_show(desk, booking.number)


def test_who_comes_late_is_no_longer_absent(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    desk = reception(unit_of_work, staff(unit_of_work), at(TUESDAY, 10, 20))
    booking_desk.mark_no_show(desk, booking.number)
    page = booking_desk.read_booking(desk, booking.number)
    assert page.no_shows == 1
    assert booking_desk.check_in(desk, booking.number).state is BookingState.ARRIVED
    assert booking_desk.read_booking(desk, booking.number).no_shows == 0


def test_an_agent_of_another_district_sees_nothing(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    stranger = reception(unit_of_work, staff(unit_of_work, districts=("371521",)))
    officer = reception(unit_of_work, staff(unit_of_work, "wang", role=Role.OFFICER))
    with pytest.raises(UnknownBooking):
        booking_desk.read_booking(stranger, booking.number)
    with pytest.raises(NotAllowed):
        booking_desk.read_booking(officer, booking.number)
    sheet = booking_desk.day_sheet(stranger, TUESDAY, 1, district=DISTRICT, only_own=False)
    assert sheet.bookings == ()


def test_the_day_shows_the_hall_and_the_own_bookings(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    own = helper(unit_of_work, "a")
    helper(unit_of_work, "b")
    first, second = book(unit_of_work, 1), book(unit_of_work, 2)
    assert {first.agent_id, second.agent_id} == {own.agent_id, own.agent_id + 1}
    with unit_of_work() as unit:
        desk = reception(unit_of_work, unit.people.agent(own.agent_id))
    hall = booking_desk.day_sheet(desk, TUESDAY, 1, district=None, only_own=False)
    mine = booking_desk.day_sheet(desk, TUESDAY, 7, district=None, only_own=True)
    assert len(hall.bookings) == 2
    assert mine.bookings == (first,)


def test_an_agent_books_and_moves_for_the_applicant_who_reads_it(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    desk = reception(unit_of_work, staff(unit_of_work))
    who = applicant(unit_of_work)
    wanted = {
        "origin": "desk:1",
        "conversation_id": who,
        "district": DISTRICT,
        "mode": Mode.PHONE,
        "starts_at": at(TUESDAY, 10),
        "contact_name": "李雷",
        "contact_phone": "13806350001",
        "matter_id": None,
        "note": "",
    }
    booking = booking_desk.book_for(desk, **wanted)
    assert booking_desk.book_for(desk, **wanted) == booking
    booking_desk.move_for(desk, booking.number, at(TUESDAY, 15), "desk:2")
    booking_desk.cancel_for(desk, booking.number, "大厅停电")
    lines = said(unit_of_work, who)
    assert len(lines) == 3
    assert "11月24日（周二）10:00" in lines[0]
    assert "原来 11月24日（周二）10:00，现在 11月24日（周二）15:00" in lines[1]
    assert "大厅停电" in lines[2]
    history = bookings.booking_history(unit_of_work, number=booking.number)
    assert {event.actor for event in history} == {desk.actor}


def test_a_hall_with_one_helper_takes_one_at_a_time_whatever_the_rule_says(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    helper(unit_of_work, "a")
    book(unit_of_work, 1)
    with pytest.raises(SlotTaken):
        book(unit_of_work, 2)
    with pytest.raises(SlotTaken):  # in another way neither: there is one person
        book(unit_of_work, 3, mode=Mode.PHONE)
    assert book(unit_of_work, 4, starts_at=at(TUESDAY, 10, 30)).agent_id


def test_many_at_once_never_book_one_helper_twice(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    helper(unit_of_work, "a")
    helper(unit_of_work, "b")
    ways = [Mode.WINDOW, Mode.PHONE, Mode.VIDEO, Mode.ON_SITE]
    outcomes = together([lambda n=n: book(unit_of_work, n, mode=ways[n % 4]) for n in range(16)])
    booked = [each for each in outcomes if isinstance(each, Booking)]
    assert len({each.agent_id for each in booked}) == len(booked) == 2


def test_the_way_between_two_visits_is_kept_free(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    far = ("371521",)
    helper(unit_of_work, "a", districts=(DISTRICT, *far))
    book(unit_of_work, 1, mode=Mode.ON_SITE, starts_at=at(TUESDAY, 14))
    with pytest.raises(SlotTaken) as refused:  # over at 14:30, an hour to go
        book(unit_of_work, 2, mode=Mode.ON_SITE, district=far[0], starts_at=at(TUESDAY, 15))
    assert at(TUESDAY, 15, 30) in {slot.starts_at for slot in refused.value.alternatives}
    book(unit_of_work, 2, mode=Mode.ON_SITE, district=far[0], starts_at=at(TUESDAY, 15, 30))


def test_a_held_slot_takes_the_helper_out_of_the_other_ways_too(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    only = helper(unit_of_work, "a")
    assert hold(unit_of_work, "c1").agent_id == only.agent_id
    with pytest.raises(SlotTaken):
        book(unit_of_work, 2, mode=Mode.PHONE, starts_at=at(SATURDAY, 9))
    later = NOW + timedelta(minutes=10)
    book(unit_of_work, 2, mode=Mode.PHONE, starts_at=at(SATURDAY, 9), now=later)


def test_a_moved_booking_does_not_stand_in_its_own_way(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    helper(unit_of_work, "a")
    booking = book(unit_of_work, mode=Mode.ON_SITE, starts_at=at(TUESDAY, 14))
    assert reschedule(unit_of_work, booking).starts_at == at(TUESDAY, 14, 30)


def test_a_booking_is_handed_to_a_free_helper_only(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    helper(unit_of_work, "a")
    two = helper(unit_of_work, "b", name="王芳")
    who = applicant(unit_of_work)
    booking = book(unit_of_work, conversation_id=who)
    desk = reception(unit_of_work, staff(unit_of_work))
    assert booking_desk.hand_to(desk, booking.number, two.agent_id).agent_id == two.agent_id
    assert "换成王芳，时间不变" in said(unit_of_work, who)[-1]
    other = book(unit_of_work, 1)
    with pytest.raises(HelperBusy):
        booking_desk.hand_to(desk, other.number, two.agent_id)


def absent(unit_of_work: OpenUnit, agent_id: int, **changes: object) -> AbsenceOutcome:
    wanted = {
        "agent_id": agent_id,
        "first_at": at(TUESDAY, 9),
        "last_at": at(TUESDAY, 12),
        "reason": "培训",
        **changes,
    }
    boss = staff(unit_of_work, f"boss{len(str(changes))}", role=Role.SUPERVISOR)
    return booking_office.add_absence(reception(unit_of_work, boss), **wanted)


def test_an_absence_hands_over_what_another_can_take_and_lists_the_rest(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    one, two = helper(unit_of_work, "a", name="韩梅梅"), helper(unit_of_work, "b", name="王芳")
    people = [applicant(unit_of_work) for _ in range(3)]
    booked = [
        book(unit_of_work, n, conversation_id=who, starts_at=at(TUESDAY, hour))
        for n, (who, hour) in enumerate(zip(people, (10, 10, 11), strict=True))
    ]
    assert [each.agent_id for each in booked] == [one.agent_id, two.agent_id, one.agent_id]
    outcome = absent(unit_of_work, one.agent_id)
    assert [each.number for each in outcome.to_move] == [booked[0].number]
    assert [each.number for each in outcome.handed] == [booked[2].number]
    assert "请您改个时间" in said(unit_of_work, people[0])[-1]
    assert "换成王芳" in said(unit_of_work, people[2])[-1]
    desk = reception(unit_of_work, staff(unit_of_work))
    listed = booking_desk.day_sheet(desk, SATURDAY, 1, district=None, only_own=False).to_move
    assert [each.number for each in listed] == [booked[0].number]
    moved = reschedule(unit_of_work, booked[0], starts_at=at(TUESDAY, 15))
    assert moved.move_asked_at is None
    with pytest.raises(SlotTaken):  # 韩梅梅 is away and 王芳 has somebody
        book(unit_of_work, 9, starts_at=at(TUESDAY, 10))


def test_an_absence_is_taken_back_once(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    only = helper(unit_of_work, "a")
    outcome = absent(unit_of_work, only.agent_id)
    with pytest.raises(SlotTaken):
        book(unit_of_work)
    with unit_of_work() as unit:
        own = reception(unit_of_work, unit.people.agent(only.agent_id))
    booking_office.withdraw_absence(own, outcome.absence.id)
    assert book(unit_of_work).agent_id == only.agent_id
    with pytest.raises(UnknownAbsence):
        booking_office.withdraw_absence(own, outcome.absence.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"last_at": at(TUESDAY, 9)},
        {"reason": ""},
        {"first_at": NOW - 2 * NEXT, "last_at": NOW - NEXT},
        {"last_at": NOW + timedelta(days=800)},
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(
    sqlite_engine: Engine, changes: dict[str, object]
) -> None:
    unit_of_work = seeded(sqlite_engine)
    only = helper(unit_of_work, "a")
    with pytest.raises(BadAbsence):
        absent(unit_of_work, only.agent_id, **changes)


def test_rules_are_changed_by_those_who_oversee_and_the_old_ones_kept(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    boss = reception(unit_of_work, staff(unit_of_work, "boss", role=Role.SUPERVISOR))
    agent = reception(unit_of_work, staff(unit_of_work))
    with unit_of_work() as unit:
        seen = dict(unit.service_settings.raw(BOOKING_RULES))
    longer = {**seen, "hold_minutes": 15}
    with pytest.raises(NotAllowed):
        booking_office.change_setting(agent, BOOKING_RULES, longer, seen)
    booking_office.change_setting(boss, BOOKING_RULES, longer, seen)
    assert hold(unit_of_work, "c1").until == NOW + timedelta(minutes=15)
    with pytest.raises(SettingChanged):
        booking_office.change_setting(boss, BOOKING_RULES, seen, seen)
    with pytest.raises(BadServiceSetting):
        booking_office.change_setting(boss, BOOKING_RULES, {**longer, "hold_minutes": 0}, longer)
    with unit_of_work() as unit:
        audit = unit.people.audit(subject=BOOKING_RULES)
        assert [entry.action for entry in audit] == ["setting_changed"]
        assert unit.service_settings.raw(SLOT_RULES)["slot_minutes"] == 30


def test_a_helper_without_a_way_of_service_is_refused(sqlite_engine: Engine) -> None:
    unit_of_work = seeded(sqlite_engine)
    boss = reception(unit_of_work, staff(unit_of_work, "boss", role=Role.SUPERVISOR))
    good = helper(unit_of_work, "a")
    booking_office.save_helper(boss, replace(good, phone="0635-1"))
    for bad in (replace(good, modes=()), replace(good, home="x"), replace(good, capacity=0)):
        with pytest.raises(BadServiceSetting):
            booking_office.save_helper(boss, bad)
