"""The repository of bookings: places, rows, history, failed look-ups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from bot.domain.bookings import (
    OPEN_STATES,
    AlreadyBooked,
    Booking,
    BookingEvent,
    BookingState,
    OriginTaken,
    UnknownBooking,
)
from bot.domain.halls import Mode
from bot.domain.slots import Slot, SlotKind
from bot.services.services_ports import NewBooking
from bot.store.inserts import insert_if_absent
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.services import (
    BOOKING_EVENTS,
    BOOKING_LOOKUPS,
    BOOKING_SLOTS,
    BOOKINGS,
)

OPEN = sorted(state.value for state in OPEN_STATES)
_S = BOOKING_SLOTS.c
_TAKEN = often(  # built once: a look for free places asks day by day
    select(_S.starts_at, _S.taken).where(
        _S.district == bindparam("district"),
        _S.mode == bindparam("mode"),
        _S.starts_at.between(bindparam("first"), bindparam("last")),
    )
)


class BookingRepository:
    """Bookings on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken(
        self, district: str, mode: Mode, first: datetime, last: datetime
    ) -> dict[datetime, int]:
        """Return places taken by start, for starts in [first, last]; zeros may be missing."""
        wanted = {"district": district, "mode": mode.value, "first": first, "last": last}
        return {row.starts_at: row.taken for row in rows_of(self._connection, _TAKEN, wanted)}

    def lock_slot(self, district: str, mode: Mode, starts_at: datetime) -> int:
        """Let nobody else take or hold places of a slot until the end; returns those taken."""
        insert_if_absent(
            self._connection,
            BOOKING_SLOTS,
            {"district": district, "mode": mode.value, "starts_at": starts_at, "taken": 0},
        )
        same = _same_slot(district, mode, starts_at)
        query = select(BOOKING_SLOTS.c.taken).where(same).with_for_update()
        return int(self._connection.execute(query).scalar() or 0)

    def take_place(self, district: str, mode: Mode, slot: Slot, reserved: int = 0) -> bool:
        """Take one place; False when no more than `reserved` are left. Locks the slot."""
        self.lock_slot(district, mode, slot.starts_at)
        claim = (
            update(BOOKING_SLOTS)
            .where(
                _same_slot(district, mode, slot.starts_at),
                BOOKING_SLOTS.c.taken < slot.places - reserved,
            )
            .values(taken=BOOKING_SLOTS.c.taken + 1)
        )
        return bool(self._connection.execute(claim).rowcount)

    def give_back(self, district: str, mode: Mode, starts_at: datetime) -> None:
        """Give one place back."""
        # at zero somebody else gave this very place back first; the caller's own guard, the
        # booking as last seen, then fails and rolls back
        self._connection.execute(
            update(BOOKING_SLOTS)
            .where(
                _same_slot(district, mode, starts_at),
                BOOKING_SLOTS.c.taken > 0,
            )
            .values(taken=BOOKING_SLOTS.c.taken - 1)
        )

    def add(self, new: NewBooking, now: datetime) -> Booking:
        """Write a booking and its first event; raises `OriginTaken`, `AlreadyBooked`."""
        values = {
            **_place(new),
            "origin": new.origin,
            "number": new.number,
            "conversation_id": new.conversation_id,
            "state": BookingState.BOOKED.value,
            "contact_name": new.contact.name,
            "contact_phone": new.contact.phone,
            "phone_hash": new.contact.phone,
            "note": new.note,
            "matter_id": new.matter_id,
            "confirm_by": new.confirm_by,
            "created_at": now,
            "updated_at": now,
        }
        if not insert_if_absent(self._connection, BOOKINGS, values):
            taken = select(BOOKINGS.c.id).where(BOOKINGS.c.origin == new.origin)
            if self._connection.execute(taken).first():
                raise OriginTaken(new.origin)
            raise AlreadyBooked(new.slot.starts_at.isoformat())
        booking = self.by_number(new.number)
        self._append(booking, new.actor, "booked", new.origin, now)
        return booking

    def move(self, seen: Booking, new: NewBooking, now: datetime) -> bool:
        """Move a booking as last seen to `new`'s slot; False when it has changed meanwhile.

        Raises:
            AlreadyBooked: The same telephone number has a booking at that time.
            OriginTaken: Another transaction wrote for the same message.
        """
        values = {**_place(new), "state": BookingState.CHANGED.value, "updated_at": now}
        values |= {"move_asked_at": None, "confirm_by": new.confirm_by}
        statement = update(BOOKINGS).where(_as_seen(seen)).values(**values)
        try:
            moved = self._connection.execute(statement).rowcount
        except IntegrityError as error:
            raise AlreadyBooked(new.slot.starts_at.isoformat()) from error
        if moved:
            self._append(self.by_number(seen.number), new.actor, "moved", new.origin, now)
        return bool(moved)

    def set_state(
        self,
        seen: Booking,
        state: BookingState,
        *,
        actor: str,
        reason: str,
        origin: str | None,
        now: datetime,
    ) -> bool:
        """Change the state of a booking as last seen; False when it has changed meanwhile.

        Raises:
            OriginTaken: Another transaction wrote for the same message.
        """
        statement = update(BOOKINGS).where(_as_seen(seen)).values(state=state.value, updated_at=now)
        changed = self._connection.execute(statement).rowcount
        if changed:
            self._append(self.by_number(seen.number), actor, reason, origin, now)
        return bool(changed)

    def note_down(
        self, seen: Booking, *, actor: str, reason: str, now: datetime, **values: Any
    ) -> bool:
        """Change what does not move a booking: note, helper, confirmation, request to move.

        Args:
            seen: As last seen.
            actor: Who does it.
            reason: Machine word or sentence for the history.
            now: The time.
            **values: Columns and their new values.

        Returns:
            False when the booking has changed meanwhile.
        """
        statement = update(BOOKINGS).where(_as_seen(seen)).values(updated_at=now, **values)
        changed = self._connection.execute(statement).rowcount
        if changed:
            self._append(self.by_number(seen.number), actor, reason, None, now)
        return bool(changed)

    def by_number(self, number: str) -> Booking:
        """Return one; raises `UnknownBooking`."""
        query = select(BOOKINGS).where(BOOKINGS.c.number == number)
        row = self._connection.execute(query).first()
        if row is None:
            raise UnknownBooking(number)
        return to_booking(row)

    def by_origin(self, origin: str) -> Booking | None:
        """Return the booking that an event with this origin belongs to."""
        query = (
            select(BOOKINGS)
            .join(BOOKING_EVENTS, BOOKING_EVENTS.c.booking_id == BOOKINGS.c.id)
            .where(BOOKING_EVENTS.c.origin == origin)
        )
        row = self._connection.execute(query).first()
        return None if row is None else to_booking(row)

    def of_conversation(self, conversation_id: str) -> tuple[Booking, ...]:
        """Return all bookings of a conversation, by start, newest first."""
        query = (
            select(BOOKINGS)
            .where(BOOKINGS.c.conversation_id == conversation_id)
            .order_by(BOOKINGS.c.starts_at.desc(), BOOKINGS.c.id.desc())
        )
        return tuple(to_booking(row) for row in self._connection.execute(query))

    def open_of_phone(self, phone: str, after: datetime) -> int:
        """Count the open bookings of a telephone number that start after a moment."""
        query = select(func.count()).where(
            BOOKINGS.c.phone_hash == phone,
            BOOKINGS.c.state.in_(OPEN),
            BOOKINGS.c.starts_at > after,
        )
        return int(self._connection.execute(query).scalar() or 0)

    def due(self, district: str | None, first: datetime, last: datetime) -> tuple[Booking, ...]:
        """Return open bookings that start in [first, last), by start; for staff."""
        query = select(BOOKINGS).where(
            BOOKINGS.c.starts_at >= first,
            BOOKINGS.c.starts_at < last,
            BOOKINGS.c.state.in_(OPEN),
        )
        if district is not None:
            query = query.where(BOOKINGS.c.district == district)
        ordered = query.order_by(BOOKINGS.c.starts_at, BOOKINGS.c.id)
        return tuple(to_booking(row) for row in self._connection.execute(ordered))

    def starting(
        self,
        first: datetime,
        last: datetime,
        *,
        districts: Sequence[str] | None,
        agent_id: int | None,
    ) -> tuple[Booking, ...]:
        """Return all bookings that start in [first, last), by start, whatever their state.

        `districts` None is the whole city; `agent_id` None is everybody's.
        """
        query = select(BOOKINGS).where(BOOKINGS.c.starts_at >= first, BOOKINGS.c.starts_at < last)
        if districts is not None:
            query = query.where(BOOKINGS.c.district.in_(districts))
        if agent_id is not None:
            query = query.where(BOOKINGS.c.agent_id == agent_id)
        ordered = query.order_by(BOOKINGS.c.starts_at, BOOKINGS.c.id)
        return tuple(to_booking(row) for row in self._connection.execute(ordered))

    def to_move(self, districts: Sequence[str] | None, now: datetime) -> tuple[Booking, ...]:
        """Return open bookings to come whose applicants were asked to move them, by start."""
        query = select(BOOKINGS).where(
            BOOKINGS.c.move_asked_at.is_not(None),
            BOOKINGS.c.state.in_(OPEN),
            BOOKINGS.c.starts_at > now,
        )
        if districts is not None:
            query = query.where(BOOKINGS.c.district.in_(districts))
        ordered = query.order_by(BOOKINGS.c.starts_at, BOOKINGS.c.id)
        return tuple(to_booking(row) for row in self._connection.execute(ordered))

    def events(self, booking_id: int) -> tuple[BookingEvent, ...]:
        """Return the history, oldest first."""
        events = BOOKING_EVENTS.c
        query = select(BOOKING_EVENTS).where(events.booking_id == booking_id).order_by(events.id)
        return tuple(
            BookingEvent(
                booking_id=row.booking_id,
                state=BookingState(row.state),
                actor=row.actor,
                reason=row.reason,
                starts_at=row.starts_at,
                at=row.at,
            )
            for row in self._connection.execute(query)
        )

    def note_failed_lookup(self, number: str, now: datetime) -> None:
        """Remember that a number was asked for with wrong digits."""
        self._connection.execute(insert(BOOKING_LOOKUPS).values(number=number[:20], at=now))

    def failed_lookups(self, number: str, since: datetime) -> int:
        """Count the failed look-ups of a number."""
        lookups = BOOKING_LOOKUPS.c
        query = select(func.count()).where(lookups.number == number[:20], lookups.at > since)
        return int(self._connection.execute(query).scalar() or 0)

    def _append(
        self, booking: Booking, actor: str, reason: str, origin: str | None, now: datetime
    ) -> None:
        values = {
            "booking_id": booking.id,
            "origin": origin,
            "state": booking.state.value,
            "actor": actor,
            "reason": reason,
            "starts_at": booking.starts_at,
            "at": now,
        }
        if not insert_if_absent(self._connection, BOOKING_EVENTS, values):
            raise OriginTaken(str(origin))


def _place(new: NewBooking) -> dict[str, Any]:
    return {
        "district": new.district,
        "mode": new.mode.value,
        "starts_at": new.slot.starts_at,
        "ends_at": new.slot.ends_at,
        "kind": new.slot.kind.value,
        "provisional": new.provisional,
        "agent_id": new.agent_id,
    }


def _same_slot(district: str, mode: Mode, starts_at: datetime) -> Any:
    slots = BOOKING_SLOTS.c
    return and_(slots.district == district, slots.mode == mode.value, slots.starts_at == starts_at)


def _as_seen(seen: Booking) -> Any:
    bookings = BOOKINGS.c
    return and_(
        bookings.id == seen.id,
        bookings.state == seen.state.value,
        bookings.district == seen.district,
        bookings.mode == seen.mode.value,
        bookings.starts_at == seen.starts_at,
    )


def to_booking(row: Row) -> Booking:
    """Return the booking of a row."""
    return Booking(
        id=row.id,
        number=row.number,
        conversation_id=row.conversation_id,
        district=row.district,
        mode=Mode(row.mode),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        kind=SlotKind(row.kind),
        state=BookingState(row.state),
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        note=row.note,
        matter_id=row.matter_id,
        provisional=row.provisional,
        created_at=row.created_at,
        updated_at=row.updated_at,
        agent_id=row.agent_id,
        move_asked_at=row.move_asked_at,
        confirm_by=row.confirm_by,
    )
