"""Many applicants at the same moment: never one place too many, never one number twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.bookings import (
    Booking,
    BookingClosed,
    BookingState,
    SlotTaken,
    TooManyTries,
    UnknownBooking,
)
from bot.domain.errors import BotError
from bot.domain.halls import Mode
from bot.services.bookings.proof import proven_booking
from bot.store.tables.services import BOOKING_SLOTS
from tests.service_factories import NOW, SATURDAY, TUESDAY, at, book, cancel, reschedule, seeded

T = TypeVar("T")


def together(jobs: list[Callable[[], T]]) -> list[T | BotError]:
    """Run all jobs at once; errors of ours are results."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T | BotError:
        start.wait(60)
        try:
            return job()
        except BotError as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def taken(engine: Engine) -> dict[object, int]:
    with engine.begin() as connection:
        return {row.starts_at: row.taken for row in connection.execute(select(BOOKING_SLOTS))}


def test_a_hundred_applicants_for_ten_places_are_ten_bookings(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    district = "371502"  # ten places at the window
    outcomes = together(
        [lambda who=who: book(unit_of_work, who, district=district) for who in range(100)]
    )
    booked = [each for each in outcomes if isinstance(each, Booking)]
    assert len(booked) == 10
    assert all(isinstance(each, (Booking, SlotTaken)) for each in outcomes)
    # no gap either: a refused applicant uses no number up
    assert sorted(each.number[-4:] for each in booked) == [f"{n:04d}" for n in range(1, 11)]
    assert taken(engine) == {at(TUESDAY, 10): 10}


def test_of_many_guesses_at_once_only_five_are_judged(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    number = book(unit_of_work).number

    def guess(tail: int) -> Booking:
        return proven_booking(
            unit_of_work, number=number, conversation_id="x", phone_tail=f"1{tail:03}", now=NOW
        )

    outcomes = together([lambda tail=tail: guess(tail) for tail in range(16)])

    kinds = [type(each) for each in outcomes]
    assert (kinds.count(UnknownBooking), kinds.count(TooManyTries)) == (5, 11)


def test_one_message_handled_by_many_workers_is_one_booking(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    outcomes = together([lambda: book(unit_of_work)] * 8)
    assert len({each.number for each in outcomes if isinstance(each, Booking)}) == 1
    assert all(isinstance(each, Booking) for each in outcomes)
    assert taken(engine) == {at(TUESDAY, 10): 1}


def test_one_message_for_the_last_place_is_not_refused_by_its_own_twin(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    last = {"starts_at": at(SATURDAY, 9), "mode": Mode.VIDEO}  # one place
    outcomes = together([lambda: book(unit_of_work, **last)] * 8)
    assert [type(each) for each in outcomes] == [Booking] * 8
    cancelled = together([lambda: cancel(unit_of_work, outcomes[0])] * 8)
    assert [each.state for each in cancelled] == [BookingState.CANCELLED] * 8
    assert taken(engine) == {at(SATURDAY, 9): 0}


def test_one_booking_cancelled_by_many_gives_one_place_back(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    booking = book(unit_of_work)
    outcomes = together(
        [lambda n=n: cancel(unit_of_work, booking, origin=f"cancel {n}") for n in range(8)]
    )
    done = [each for each in outcomes if isinstance(each, Booking)]
    assert [each.state for each in done] == [BookingState.CANCELLED]
    assert sum(isinstance(each, BookingClosed) for each in outcomes) == 7
    assert taken(engine) == {at(TUESDAY, 10): 0}


def test_bookings_that_change_places_with_each_other_do_not_lock_up(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    times = (at(TUESDAY, 10), at(TUESDAY, 11))
    swapped = [(book(unit_of_work, n, starts_at=times[n % 2]), times[1 - n % 2]) for n in range(6)]
    outcomes = together(
        [
            lambda b=booking, to=target: reschedule(unit_of_work, b, starts_at=to)
            for booking, target in swapped
        ]
    )
    assert all(isinstance(each, Booking) for each in outcomes)
    assert taken(engine) == {times[0]: 3, times[1]: 3}
