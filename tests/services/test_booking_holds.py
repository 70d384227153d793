"""A slot kept for somebody who decides is nobody else's, and free again by time alone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.bookings import Booking, SlotNotOffered, SlotTaken
from bot.domain.halls import Mode
from bot.domain.slots import SlotKind
from bot.domain.waits import Hold
from bot.services.bookings import holds as booking_holds
from bot.services.bookings import slots
from tests.booking_desk_factories import LAST, applicant, hold, last_place, sweep
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
from tests.services.test_booking_races import together

TEN = timedelta(minutes=10)


def is_free(unit_of_work: OpenUnit, who: str | None = None, **later: float) -> bool:
    found = slots.free_slots(
        unit_of_work,
        district=DISTRICT,
        mode=Mode.VIDEO,
        on=SATURDAY,
        now=NOW + timedelta(**later),
        calendar=calendar(),
        conversation_id=who,
    )
    return at(SATURDAY, 9) in {slot.starts_at for slot in found}


def test_a_held_slot_is_shown_to_its_holder_only(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    assert hold(unit_of_work, "c1").until == NOW + TEN
    assert not is_free(unit_of_work)
    assert is_free(unit_of_work, "c1")
    with pytest.raises(SlotTaken) as refused:
        last_place(unit_of_work, 2)
    assert refused.value.alternatives


def test_a_hold_that_ran_out_frees_the_slot_without_any_process(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    hold(unit_of_work, "c1")
    assert not is_free(unit_of_work, minutes=9, seconds=59)
    assert is_free(unit_of_work, minutes=10)
    assert last_place(unit_of_work, 2, now=NOW + TEN).starts_at == LAST["starts_at"]
    with pytest.raises(SlotTaken):
        last_place(unit_of_work, 1, now=NOW + TEN)


def test_the_holder_books_and_the_hold_is_used_up(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    hold(unit_of_work, "c1")
    booked = last_place(unit_of_work, 1)
    assert booking_holds.held_slot(unit_of_work, "c1") is None
    cancel(unit_of_work, booked)
    assert is_free(unit_of_work)


def test_looking_at_another_slot_gives_the_first_one_back(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    hold(unit_of_work, "c1")
    hold(unit_of_work, "c1", starts_at=at(SATURDAY, 10))
    assert is_free(unit_of_work)


def test_asking_again_does_not_make_a_hold_last_longer(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    first = hold(unit_of_work, "c1")
    assert hold(unit_of_work, "c1", now=NOW + timedelta(minutes=9)).until == first.until


def test_deciding_against_it_gives_the_slot_back(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    hold(unit_of_work, "c1")
    booking_holds.release_slot(unit_of_work, "c1")
    assert is_free(unit_of_work)


def test_a_booking_is_moved_to_the_slot_that_was_held_for_it(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booked = book(unit_of_work, 1, mode=Mode.VIDEO)
    hold(unit_of_work, "c1", moved=booked.id)
    moved = reschedule(unit_of_work, booked, starts_at=at(SATURDAY, 9))
    assert moved.starts_at == at(SATURDAY, 9)
    assert booking_holds.held_slot(unit_of_work, "c1") is None


def test_of_many_who_want_to_hold_the_last_place_one_does(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    outcomes = together([lambda n=n: hold(unit_of_work, f"c{n}") for n in range(12)])
    assert sum(isinstance(each, Hold) for each in outcomes) == 1
    assert sum(isinstance(each, SlotTaken) for each in outcomes) == 11


def test_holders_and_bookers_together_never_have_a_place_too_many(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    six = {"mode": Mode.WINDOW, "starts_at": at(SATURDAY, 9)}  # two places
    holders = [lambda n=n: hold(unit_of_work, f"h{n}", **six) for n in range(8)]
    bookers = [lambda n=n: book(unit_of_work, n, **six) for n in range(8)]
    outcomes = together([*holders, *bookers])
    assert sum(isinstance(each, (Hold, Booking)) for each in outcomes) == 2


def test_a_conversation_of_the_web_page_can_hold(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    assert hold(unit_of_work, applicant(unit_of_work)).agent_id is None


OFF_HOURS = [
    (SlotKind.NOON, Mode.WINDOW, at(TUESDAY, 12)),
    (SlotKind.NOON, Mode.PHONE, at(TUESDAY, 13)),
    (SlotKind.EVENING, Mode.ON_SITE, at(TUESDAY, 17)),
    (SlotKind.EVENING, Mode.VIDEO, at(TUESDAY, 18)),
    (SlotKind.WEEKEND, Mode.ON_SITE, at(SATURDAY, 9)),
    (SlotKind.WEEKEND, Mode.WINDOW, at(SATURDAY, 11, 30)),
]


@pytest.mark.parametrize(("kind", "mode", "starts_at"), OFF_HOURS)
def test_outside_ordinary_hours_one_holds_books_moves_and_is_reminded(
    engine: Engine, kind: SlotKind, mode: Mode, starts_at: datetime
) -> None:
    unit_of_work = seeded(engine)
    who = applicant(unit_of_work)
    assert hold(unit_of_work, who, mode=mode, starts_at=starts_at).kind is kind
    booked = book(unit_of_work, conversation_id=who, mode=mode, starts_at=starts_at)
    assert booked.kind is kind
    ordinary = reschedule(unit_of_work, booked, starts_at=at(TUESDAY, 9))
    assert ordinary.kind is SlotKind.REGULAR
    back = reschedule(unit_of_work, ordinary, origin="back", starts_at=starts_at)
    assert (back.kind, back.starts_at) == (kind, starts_at)
    assert sweep(unit_of_work, starts_at - timedelta(hours=1)) == (who,)


@pytest.mark.parametrize(
    ("mode", "starts_at"),
    [
        (Mode.ON_SITE, at(TUESDAY, 12)),  # nobody goes out over noon
        (Mode.WINDOW, at(TUESDAY, 18, 30)),
        (Mode.WINDOW, at(SATURDAY, 12)),
        (Mode.WINDOW, at(TUESDAY, 8, 30)),
    ],
)
def test_what_is_not_served_cannot_be_held(
    sqlite_engine: Engine, mode: Mode, starts_at: datetime
) -> None:
    with pytest.raises(SlotNotOffered):
        hold(seeded(sqlite_engine), "c1", mode=mode, starts_at=starts_at)
