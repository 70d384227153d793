"""The repository of helpers: what they do, when they are away, what they have given away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.bookings import ENGAGED_STATES, Booking
from bot.domain.halls import Mode
from bot.domain.helpers import Absence, Engagement, Helper, UnknownAbsence, UnknownHelper
from bot.store.bookings import to_booking
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.booking_desk import BOOKING_HOLDS, HELPER_ABSENCES, HELPERS
from bot.store.tables.people import AGENTS
from bot.store.tables.services import BOOKINGS

ENGAGED = sorted(state.value for state in ENGAGED_STATES)
_ALL = often(  # built once: each look for free places asks who could serve
    select(HELPERS, AGENTS.c.name, AGENTS.c.is_active.label("is_employed"))
    .join(AGENTS, AGENTS.c.id == HELPERS.c.agent_id)
    .order_by(HELPERS.c.agent_id)
)


class HelperRepository:
    """Helpers on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, helper: Helper) -> None:
        """Enter what a helper does, or change it."""
        self._connection.execute(delete(HELPERS).where(HELPERS.c.agent_id == helper.agent_id))
        self._connection.execute(
            insert(HELPERS).values(
                agent_id=helper.agent_id,
                home=helper.home,
                districts=list(helper.districts),
                modes=[mode.value for mode in helper.modes],
                matters=list(helper.matters),
                capacity=helper.capacity,
                phone=helper.phone,
                is_active=helper.is_active,
            )
        )

    def all(self) -> tuple[Helper, ...]:
        """Return all helpers, by account; those who have left too."""
        return tuple(_helper(row) for row in rows_of(self._connection, _ALL, {}))

    def get(self, agent_id: int) -> Helper:
        """Return one; raises `UnknownHelper`."""
        for helper in self.all():
            if helper.agent_id == agent_id:
                return helper
        raise UnknownHelper(str(agent_id))

    def serving(self, district: str, mode: Mode) -> tuple[Helper, ...]:
        """Return the active helpers of a district and way, by account."""
        return tuple(
            helper
            for helper in self.all()
            if helper.is_active and district in helper.districts and mode in helper.modes
        )

    def lock(self, agent_ids: Sequence[int]) -> None:
        """Let nobody else give these helpers' time away until the transaction ends."""
        query = select(HELPERS.c.agent_id).where(HELPERS.c.agent_id.in_(sorted(agent_ids)))
        # always in one order, so that two bookings never wait for each other
        self._connection.execute(query.order_by(HELPERS.c.agent_id).with_for_update()).all()

    def engagements(
        self,
        agent_ids: Sequence[int],
        first: datetime,
        last: datetime,
        *,
        now: datetime,
        but_booking: int | None = None,
        but_conversation: str | None = None,
    ) -> tuple[Engagement, ...]:
        """Return what the helpers have given away that starts in [first, last].

        Args:
            agent_ids: Whose.
            first: UTC.
            last: UTC.
            now: Holds that have run out by then do not count.
            but_booking: A booking that is about to be moved, left out.
            but_conversation: Whose held slots are left out: they are the wisher's own.
        """
        booked = select(BOOKINGS).where(
            BOOKINGS.c.agent_id.in_(agent_ids),
            BOOKINGS.c.starts_at.between(first, last),
            BOOKINGS.c.state.in_(ENGAGED),
        )
        if but_booking is not None:
            booked = booked.where(BOOKINGS.c.id != but_booking)
        held = select(BOOKING_HOLDS).where(
            BOOKING_HOLDS.c.agent_id.in_(agent_ids),
            BOOKING_HOLDS.c.starts_at.between(first, last),
            BOOKING_HOLDS.c.until > now,
        )
        if but_conversation is not None:
            held = held.where(BOOKING_HOLDS.c.conversation_id != but_conversation)
        rows = [*self._connection.execute(booked), *self._connection.execute(held)]
        return tuple(_engagement(row) for row in rows)

    def add_absence(
        self,
        *,
        agent_id: int,
        first_at: datetime,
        last_at: datetime,
        reason: str,
        entered_by: int,
        now: datetime,
    ) -> Absence:
        """Enter a time in which a helper is away."""
        statement = insert(HELPER_ABSENCES).values(
            agent_id=agent_id,
            first_at=first_at,
            last_at=last_at,
            reason=reason,
            entered_by=entered_by,
            entered_at=now,
        )
        made = self._connection.execute(statement).inserted_primary_key[0]
        return Absence(made, agent_id, first_at, last_at, reason)

    def withdraw_absence(self, absence_id: int, now: datetime) -> Absence:
        """Take an absence back; the line itself stays. Raises `UnknownAbsence`."""
        own = and_(HELPER_ABSENCES.c.id == absence_id, HELPER_ABSENCES.c.withdrawn_at.is_(None))
        row = self._connection.execute(select(HELPER_ABSENCES).where(own)).first()
        if row is None:
            raise UnknownAbsence(str(absence_id))
        self._connection.execute(update(HELPER_ABSENCES).where(own).values(withdrawn_at=now))
        return _absence(row)

    def absences(self, agent_ids: Sequence[int] | None, since: datetime) -> tuple[Absence, ...]:
        """Return the absences that are not over at a moment, by start; None for everybody's."""
        away = HELPER_ABSENCES.c
        query = select(HELPER_ABSENCES).where(away.withdrawn_at.is_(None), away.last_at > since)
        if agent_ids is not None:
            query = query.where(away.agent_id.in_(agent_ids))
        rows = self._connection.execute(query.order_by(away.first_at, away.id))
        return tuple(_absence(row) for row in rows)

    def bookings_during(self, absence: Absence) -> tuple[Booking, ...]:
        """Return the helper's open bookings that fall into an absence, by start."""
        query = (
            select(BOOKINGS)
            .where(
                BOOKINGS.c.agent_id == absence.agent_id,
                BOOKINGS.c.starts_at < absence.last_at,
                BOOKINGS.c.ends_at > absence.first_at,
                or_(BOOKINGS.c.state == "booked", BOOKINGS.c.state == "changed"),
            )
            .order_by(BOOKINGS.c.starts_at, BOOKINGS.c.id)
        )
        return tuple(to_booking(row) for row in self._connection.execute(query))


def _helper(row: Any) -> Helper:
    return Helper(
        agent_id=row.agent_id,
        name=row.name,
        home=row.home,
        districts=tuple(row.districts),
        modes=tuple(Mode(mode) for mode in row.modes),
        matters=tuple(row.matters),
        capacity=row.capacity,
        phone=row.phone,
        is_active=bool(row.is_active and row.is_employed),
    )


def _absence(row: Row) -> Absence:
    return Absence(row.id, row.agent_id, row.first_at, row.last_at, row.reason)


def _engagement(row: Row) -> Engagement:
    return Engagement(row.agent_id, row.starts_at, row.ends_at, Mode(row.mode), row.district)
