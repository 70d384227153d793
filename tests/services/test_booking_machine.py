"""Any sequence of bookings, moves and cancellations, compared with a plain model."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import select

from bot.domain.bookings import (
    AlreadyBooked,
    Booking,
    BookingClosed,
    BookingState,
    SlotTaken,
    TooManyBookings,
)
from bot.domain.halls import Mode
from bot.services.bookings import bookings
from bot.store.tables.services import BOOKING_SLOTS
from tests.new_files import new_sqlite
from tests.service_factories import NOW, OpenUnit, at, book, cancel, reschedule, seeded

MAX_ACTIVE = 3
STARTS = [at(date(2026, 11, day), hour) for day in (24, 28) for hour in (9, 10)]
"""A video call has three places on a working day and one on Saturday; both are reached."""

Model = dict[str, tuple[int, object, bool]]


class BookingMachine(RuleBasedStateMachine):
    numbers = Bundle("numbers")

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.engine = new_sqlite(Path(self.folder.name) / "test.db")
        self.unit_of_work: OpenUnit = seeded(self.engine)
        self.model: Model = {}
        self.step = 0

    @rule(target=numbers, who=st.integers(0, 2), starts_at=st.sampled_from(STARTS))
    def book(self, who: int, starts_at: object) -> object:
        held = [start for w, start, is_open in self.model.values() if is_open and w == who]
        try:
            booking = book(
                self.unit_of_work,
                who,
                origin=self._origin(),
                starts_at=starts_at,
                mode=Mode.VIDEO,
            )
        except TooManyBookings:
            assert len(held) == MAX_ACTIVE
            return multiple()
        except SlotTaken:
            assert self._taken(starts_at) == self._places(starts_at)
            return multiple()
        except AlreadyBooked:
            assert starts_at in held
            return multiple()
        assert booking.number not in self.model
        self.model[booking.number] = (who, starts_at, True)
        return booking.number

    @rule(number=numbers, starts_at=st.sampled_from(STARTS))
    def move(self, number: str, starts_at: object) -> None:
        who, _, is_open = self.model[number]
        others = [s for n, (w, s, o) in self.model.items() if o and w == who and n != number]
        try:
            reschedule(
                self.unit_of_work, self._read(number), origin=self._origin(), starts_at=starts_at
            )
        except BookingClosed:
            assert not is_open
        except SlotTaken:
            assert self._taken(starts_at) == self._places(starts_at)
        except AlreadyBooked:
            assert starts_at in others
        else:
            assert is_open
            assert starts_at not in others
            self.model[number] = (who, starts_at, True)

    @rule(number=numbers)
    def cancel(self, number: str) -> None:
        who, start, is_open = self.model[number]
        try:
            cancel(self.unit_of_work, self._read(number), origin=self._origin())
        except BookingClosed:
            assert not is_open
        else:
            assert is_open
        self.model[number] = (who, start, False)

    @invariant()
    def places_are_exactly_the_open_bookings(self) -> None:
        if not hasattr(self, "model"):
            return
        with self.engine.begin() as connection:
            taken = {row.starts_at: row.taken for row in connection.execute(select(BOOKING_SLOTS))}
        for starts_at in STARTS:
            assert taken.get(starts_at, 0) == self._taken(starts_at)
            assert taken.get(starts_at, 0) <= self._places(starts_at)

    @invariant()
    def every_history_ends_in_the_present_state(self) -> None:
        for number in getattr(self, "model", {}):
            booking = self._read(number)
            last = bookings.booking_history(self.unit_of_work, number=number)[-1]
            assert (last.state, last.starts_at) == (booking.state, booking.starts_at)
            assert booking.is_open == self.model[number][2]
            assert booking.starts_at == self.model[number][1]
            assert booking.created_at == NOW
            assert booking.state is not BookingState.DONE

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()
            self.folder.cleanup()

    def _read(self, number: str) -> Booking:
        with self.unit_of_work() as unit:
            return unit.bookings.by_number(number)

    def _taken(self, starts_at: object) -> int:
        return sum(is_open and start == starts_at for _, start, is_open in self.model.values())

    def _places(self, starts_at: object) -> int:
        return 3 if starts_at in STARTS[:2] else 1

    def _origin(self) -> str:
        self.step += 1
        return f"step {self.step}"


TestBookings = BookingMachine.TestCase
TestBookings.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
