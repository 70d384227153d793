"""A freed slot goes to the next on the list, in order, and to nobody else meanwhile."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.domain.bookings import Booking, SlotTaken
from bot.domain.wait_errors import NoOffer, NothingToWaitFor, PlacesFree
from bot.domain.waits import WaitState
from bot.services.bookings import holds as booking_holds
from bot.store.tables.booking_desk import BOOKING_WAIT_EVENTS
from tests.booking_desk_factories import (
    accept,
    applicant,
    hold,
    last_place,
    said,
    sweep,
    wait,
)
from tests.new_files import new_sqlite
from tests.service_factories import NOW, SATURDAY, OpenUnit, at, calendar, cancel, seeded
from tests.services.test_booking_races import together

HALF_HOUR = timedelta(minutes=30)


def full(engine: Engine) -> tuple[OpenUnit, Booking]:
    """Return a database in which the last place is taken."""
    unit_of_work = seeded(engine)
    return unit_of_work, last_place(unit_of_work, 99)


def state(unit_of_work: OpenUnit, who: str) -> WaitState | None:
    lines = booking_holds.my_waits(unit_of_work, who)
    return lines[0].state if lines else None


def test_nobody_waits_where_places_are_free(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    with pytest.raises(PlacesFree) as refused:
        wait(unit_of_work, applicant(unit_of_work))
    assert refused.value.free[0].starts_at == at(SATURDAY, 9)


def test_nobody_waits_for_what_is_over(engine: Engine) -> None:
    unit_of_work, _ = full(engine)
    with pytest.raises(NothingToWaitFor):
        wait(unit_of_work, applicant(unit_of_work), now=NOW + timedelta(days=6))


def test_a_freed_slot_is_offered_to_the_first_and_booked_by_a_yes(engine: Engine) -> None:
    unit_of_work, taken = full(engine)
    first, second = applicant(unit_of_work), applicant(unit_of_work)
    wait(unit_of_work, first)
    wait(unit_of_work, second)
    assert sweep(unit_of_work) == ()
    cancel(unit_of_work, taken)
    with pytest.raises(SlotTaken):  # nobody jumps the queue before the clock comes round
        last_place(unit_of_work, 1)
    assert sweep(unit_of_work) == (first,)
    assert "11月28日（周六）09:00" in said(unit_of_work, first)[-1]
    with pytest.raises(NoOffer):
        accept(unit_of_work, second)
    booked = accept(unit_of_work, first)
    assert booked.starts_at == at(SATURDAY, 9)
    assert accept(unit_of_work, first) == booked  # the same message again
    assert state(unit_of_work, first) is None
    assert sweep(unit_of_work) == ()


def test_an_offer_that_nobody_takes_goes_to_the_next(engine: Engine) -> None:
    unit_of_work, taken = full(engine)
    first, second = applicant(unit_of_work), applicant(unit_of_work)
    wait(unit_of_work, first)
    wait(unit_of_work, second)
    cancel(unit_of_work, taken)
    sweep(unit_of_work)
    later = NOW + HALF_HOUR
    with pytest.raises(NoOffer):
        accept(unit_of_work, first, now=later)
    assert sweep(unit_of_work, later) == (first, second)
    assert "09:00 没等到回复" in said(unit_of_work, first)[-1]
    assert accept(unit_of_work, second, now=later).starts_at == at(SATURDAY, 9)


def test_a_no_gives_the_slot_to_the_next_at_once(engine: Engine) -> None:
    unit_of_work, taken = full(engine)
    first, second = applicant(unit_of_work), applicant(unit_of_work)
    wait(unit_of_work, first)
    wait(unit_of_work, second)
    cancel(unit_of_work, taken)
    sweep(unit_of_work)
    booking_holds.decline_offer(unit_of_work, conversation_id=first, now=NOW)
    assert sweep(unit_of_work) == (second,)


def test_a_hold_that_ran_out_goes_to_who_waits_and_not_to_who_comes(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    hold(unit_of_work, "c1")
    first = applicant(unit_of_work)
    wait(unit_of_work, first)
    later = NOW + timedelta(minutes=11)
    with pytest.raises(SlotTaken):
        last_place(unit_of_work, 2, now=later)
    assert sweep(unit_of_work, later) == (first,)


def test_at_night_the_place_stays_with_who_waits_until_the_morning(engine: Engine) -> None:
    unit_of_work, taken = full(engine)
    first = applicant(unit_of_work)
    wait(unit_of_work, first)
    cancel(unit_of_work, taken)
    assert sweep(unit_of_work, at(SATURDAY - timedelta(days=2), 23)) == ()
    with pytest.raises(SlotTaken):
        last_place(unit_of_work, 1, now=at(SATURDAY - timedelta(days=2), 23))
    assert sweep(unit_of_work, at(SATURDAY - timedelta(days=1), 8)) == (first,)


def test_who_waited_in_vain_is_told(engine: Engine) -> None:
    unit_of_work, _ = full(engine)
    first = applicant(unit_of_work)
    wait(unit_of_work, first)
    assert sweep(unit_of_work, at(SATURDAY, 8, 45)) == (first,)
    assert "没排上" in said(unit_of_work, first)[-1]
    assert sweep(unit_of_work, at(SATURDAY, 8, 46)) == ()


def test_a_whole_day_can_be_waited_for(engine: Engine) -> None:
    unit_of_work = seeded(engine)
    times = [at(SATURDAY, 9) + n * HALF_HOUR for n in range(6)]
    booked = [last_place(unit_of_work, n, starts_at=start) for n, start in enumerate(times)]
    first = applicant(unit_of_work)
    wait(unit_of_work, first, last_at=at(SATURDAY, 12))
    cancel(unit_of_work, booked[3])
    assert sweep(unit_of_work) == (first,)
    assert accept(unit_of_work, first).starts_at == times[3]


def test_joining_elsewhere_leaves_the_first_line(engine: Engine) -> None:
    unit_of_work, _ = full(engine)
    last_place(unit_of_work, 98, starts_at=at(SATURDAY, 10))
    first = applicant(unit_of_work)
    wait(unit_of_work, first)
    ten = {"first_at": at(SATURDAY, 10), "last_at": at(SATURDAY, 10, 30), "origin": "later"}
    wait(unit_of_work, first, **ten)
    lines = booking_holds.my_waits(unit_of_work, first)
    assert [line.first_at for line in lines] == [at(SATURDAY, 10)]
    assert booking_holds.leave_waiting(unit_of_work, conversation_id=first, now=NOW) == 1


def test_two_sweepers_offer_a_slot_once(engine: Engine) -> None:
    unit_of_work, taken = full(engine)
    waiting = [applicant(unit_of_work) for _ in range(3)]
    for who in waiting:
        wait(unit_of_work, who)
    cancel(unit_of_work, taken)
    told = together([lambda: sweep(unit_of_work)] * 4)
    assert sorted(who for each in told for who in each) == [waiting[0]]


def test_the_history_of_the_list_cannot_be_rewritten(engine: Engine) -> None:
    unit_of_work, _ = full(engine)
    wait(unit_of_work, applicant(unit_of_work))
    with pytest.raises(DatabaseError), engine.begin() as connection:
        connection.execute(BOOKING_WAIT_EVENTS.update().values(actor="nobody"))


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["join", "free", "yes", "no", "late", "newcomer"]), st.integers(0, 7)
    ),
    max_size=25,
)


@given(acts=ACTS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_places_are_offered_in_the_order_of_joining(
    acts: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = new_sqlite(Path(folder) / "list.db")
        _play(seeded(engine), acts)
        engine.dispose()


def _play(unit_of_work: OpenUnit, acts: list[tuple[str, int]]) -> None:
    """Compare the product with a plain queue; one place, and one offer at a time."""
    people = [applicant(unit_of_work) for _ in range(8)]
    holder: Booking | None = last_place(unit_of_work, 99)
    queue: list[str] = []
    offered: str | None = None
    now = NOW
    for step, (act, n) in enumerate(acts):
        who = people[n]
        if act == "join" and who not in queue and who != offered:
            if holder is None and not queue and offered is None:
                with pytest.raises(PlacesFree):
                    wait(unit_of_work, who, now, origin=f"join {step}")
            else:
                wait(unit_of_work, who, now, origin=f"join {step}")
                queue.append(who)
        elif act == "free" and holder:
            cancel(unit_of_work, holder, origin=f"free {step}")
            holder = None
        elif act == "yes" and offered:
            holder = booking_holds.accept_offer(
                unit_of_work,
                origin=f"yes {step}",
                conversation_id=offered,
                now=now,
                calendar=calendar(),
            )
            offered = None
        elif act == "no" and offered:
            booking_holds.decline_offer(unit_of_work, conversation_id=offered, now=now)
            offered = None
        elif act == "late" and offered:
            now += HALF_HOUR
            offered = None
        elif act == "newcomer" and (holder or queue or offered):
            with pytest.raises(SlotTaken):
                last_place(unit_of_work, 50 + step, now=now)
        sweep(unit_of_work, now)
        if holder is None and offered is None and queue:
            offered = queue.pop(0)
        states = {one: state(unit_of_work, one) for one in people}
        assert [one for one in people if states[one] is WaitState.OFFERED] == (
            [offered] if offered else []
        )
        assert {one for one in people if states[one] is WaitState.WAITING} == set(queue)


def test_a_newcomer_has_the_place_once_nobody_waits(engine: Engine) -> None:
    unit_of_work, taken = full(engine)
    first = applicant(unit_of_work)
    wait(unit_of_work, first)
    cancel(unit_of_work, taken)
    booking_holds.leave_waiting(unit_of_work, conversation_id=first, now=NOW)
    assert last_place(unit_of_work, 5).starts_at == at(SATURDAY, 9)
