"""The repository of what the clock does about bookings: reminders, confirmations, links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.bookings import OPEN_STATES, Booking, UnknownBooking
from bot.services.bookings.ports import DueReminder
from bot.store.bookings import to_booking
from bot.store.tables.booking_desk import BOOKING_LINKS, BOOKING_REMINDERS
from bot.store.tables.services import BOOKINGS

OPEN = sorted(state.value for state in OPEN_STATES)
DUE = BOOKING_REMINDERS.c


@dataclass(frozen=True)
class BookingClockRepository:
    """Reminders on one open transaction."""

    connection: Connection

    def arm(self, booking_id: int, due: Mapping[str, datetime]) -> None:
        """Put these reminders, by kind, in the place of all that the booking had."""
        self.disarm(booking_id)
        for kind, due_at in due.items():
            row = {"booking_id": booking_id, "kind": kind, "due_at": due_at}
            self.connection.execute(insert(BOOKING_REMINDERS).values(**row))

    def disarm(self, booking_id: int) -> None:
        """Take the reminders of a booking away."""
        self.connection.execute(delete(BOOKING_REMINDERS).where(DUE.booking_id == booking_id))

    def due(self, now: datetime, limit: int) -> tuple[DueReminder, ...]:
        """Return the reminders that are to go out, the earliest first; an index scan."""
        query = (
            select(BOOKING_REMINDERS)
            .where(DUE.told_at.is_(None), DUE.due_at <= now)
            .order_by(DUE.due_at)
            .limit(limit)
        )
        rows = self.connection.execute(query)
        return tuple(DueReminder(row.booking_id, row.kind, row.due_at) for row in rows)

    def claim(self, reminder: DueReminder, now: datetime) -> Booking | None:
        """Mark a reminder as told and return its booking; None when somebody else was first."""
        claimed = self.connection.execute(
            update(BOOKING_REMINDERS)
            .where(
                DUE.booking_id == reminder.booking_id,
                DUE.kind == reminder.kind,
                DUE.due_at == reminder.due_at,
                DUE.told_at.is_(None),
            )
            .values(told_at=now)
        ).rowcount
        if not claimed:
            return None
        same = BOOKINGS.c.id == reminder.booking_id
        return to_booking(self.connection.execute(select(BOOKINGS).where(same)).one())

    def unconfirmed(self, now: datetime, limit: int) -> tuple[Booking, ...]:
        """Return open bookings whose confirmation is overdue."""
        query = (
            select(BOOKINGS)
            .where(BOOKINGS.c.confirm_by <= now, BOOKINGS.c.state.in_(OPEN))
            .order_by(BOOKINGS.c.confirm_by)
            .limit(limit)
        )
        return tuple(to_booking(row) for row in self.connection.execute(query))

    def no_shows(self, phone: str, since: datetime) -> int:
        """Count the bookings of a telephone number that started since then and saw nobody."""
        query = select(BOOKINGS.c.id).where(
            BOOKINGS.c.phone_hash == phone,
            BOOKINGS.c.state == "no_show",
            BOOKINGS.c.starts_at > since,
        )
        return len(self.connection.execute(query).all())

    def add_link(self, booking_id: int, token_hash: str, now: datetime) -> None:
        """Add a secret link to a booking; earlier ones stay good."""
        row = insert(BOOKING_LINKS).values(token_hash=token_hash, booking_id=booking_id)
        self.connection.execute(row.values(created_at=now))

    def by_link(self, token_hash: str) -> Booking:
        """Return the booking under a link; raises `UnknownBooking`."""
        query = (
            select(BOOKINGS)
            .join(BOOKING_LINKS, BOOKING_LINKS.c.booking_id == BOOKINGS.c.id)
            .where(BOOKING_LINKS.c.token_hash == token_hash)
        )
        row = self.connection.execute(query).first()
        if row is None:
            raise UnknownBooking("link")
        return to_booking(row)
