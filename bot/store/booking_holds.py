"""The repositories of held slots and of the waiting list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.bookings import Contact
from bot.domain.halls import Mode
from bot.domain.slots import SlotKind
from bot.domain.waits import ON_THE_LIST, Hold, HoldPurpose, Wait, WaitState
from bot.store.inserts import insert_if_absent
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.booking_desk import BOOKING_HOLDS, BOOKING_WAIT_EVENTS, BOOKING_WAITS

HOLDS = BOOKING_HOLDS.c
WAITS = BOOKING_WAITS.c
LISTED = sorted(state.value for state in ON_THE_LIST)

# built once: each look for free places asks both
_LIVE = often(
    select(BOOKING_HOLDS).where(
        HOLDS.district == bindparam("district"),
        HOLDS.mode == bindparam("mode"),
        HOLDS.until > bindparam("now"),
    )
)
_WAITING = often(
    select(BOOKING_WAITS)
    .where(
        WAITS.state == WaitState.WAITING.value,
        WAITS.district == bindparam("district"),
        WAITS.mode == bindparam("mode"),
    )
    .order_by(WAITS.id)
)


class BookingHoldRepository:
    """Held slots on one open transaction; one that has run out is as good as gone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, hold: Hold) -> None:
        """Keep a slot for a conversation; what it kept before for this purpose is free again."""
        self.release(hold.conversation_id, hold.purpose)
        values = {**vars(hold), "purpose": hold.purpose.value, "mode": hold.mode.value}
        statement = insert(BOOKING_HOLDS).values(**{**values, "kind": hold.kind.value})
        self._connection.execute(statement)

    def release(self, conversation_id: str, purpose: HoldPurpose) -> None:
        """Give a kept slot back."""
        self._connection.execute(
            delete(BOOKING_HOLDS).where(
                HOLDS.conversation_id == conversation_id, HOLDS.purpose == purpose.value
            )
        )

    def release_slot(
        self, conversation_id: str, district: str, mode: Mode, starts_at: datetime
    ) -> None:
        """Give back what the conversation keeps of one slot: it has been booked."""
        self._connection.execute(
            delete(BOOKING_HOLDS).where(
                HOLDS.conversation_id == conversation_id,
                HOLDS.district == district,
                HOLDS.mode == mode.value,
                HOLDS.starts_at == starts_at,
            )
        )

    def of(self, conversation_id: str, purpose: HoldPurpose) -> Hold | None:
        """Return what is or was kept for a conversation; it may have run out."""
        query = select(BOOKING_HOLDS).where(
            HOLDS.conversation_id == conversation_id, HOLDS.purpose == purpose.value
        )
        row = self._connection.execute(query).first()
        return None if row is None else _hold(row)

    def live(self, district: str, mode: Mode, now: datetime) -> tuple[Hold, ...]:
        """Return the holds of a district and way that have not run out."""
        wanted = {"district": district, "mode": mode.value, "now": now}
        return tuple(_hold(row) for row in rows_of(self._connection, _LIVE, wanted))

    def forget(self, before: datetime) -> int:
        """Delete holds that ran out before a moment; nobody asks for them any more."""
        return int(
            self._connection.execute(delete(BOOKING_HOLDS).where(HOLDS.until < before)).rowcount
        )


class BookingWaitRepository:
    """The waiting list on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(
        self,
        *,
        origin: str,
        conversation_id: str,
        district: str,
        mode: Mode,
        first_at: datetime,
        last_at: datetime,
        contact: Contact,
        matter_id: str | None,
        now: datetime,
    ) -> Wait:
        """Add a line at the end, or return the one of the same message."""
        values = {
            "origin": origin,
            "conversation_id": conversation_id,
            "district": district,
            "mode": mode.value,
            "first_at": first_at,
            "last_at": last_at,
            "state": WaitState.WAITING.value,
            "contact_name": contact.name,
            "contact_phone": contact.phone,
            "matter_id": matter_id,
            "joined_at": now,
        }
        is_new = insert_if_absent(self._connection, BOOKING_WAITS, values)
        query = select(BOOKING_WAITS).where(WAITS.origin == origin)
        wait = _wait(self._connection.execute(query).one())
        if is_new:
            self._append(wait, WaitState.WAITING, "applicant", None, now)
        return wait

    def of_conversation(self, conversation_id: str) -> tuple[Wait, ...]:
        """Return the lines of a conversation that are on the list, in order of joining."""
        query = (
            select(BOOKING_WAITS)
            .where(WAITS.conversation_id == conversation_id, WAITS.state.in_(LISTED))
            .order_by(WAITS.id)
        )
        return tuple(_wait(row) for row in self._connection.execute(query))

    def waiting(self, district: str, mode: Mode) -> tuple[Wait, ...]:
        """Return who waits for a district and way, in order of joining."""
        wanted = {"district": district, "mode": mode.value}
        return tuple(_wait(row) for row in rows_of(self._connection, _WAITING, wanted))

    def next_waiting(self, after: int, limit: int) -> tuple[Wait, ...]:
        """Return who waits, of all districts, in order of joining, with an id above `after`."""
        query = (
            select(BOOKING_WAITS)
            .where(WAITS.state == WaitState.WAITING.value, WAITS.id > after)
            .order_by(WAITS.id)
            .limit(limit)
        )
        return tuple(_wait(row) for row in self._connection.execute(query))

    def listed(self, districts: Sequence[str] | None, limit: int) -> tuple[Wait, ...]:
        """Return who waits or has an offer, in order of joining; None for the whole city."""
        query = select(BOOKING_WAITS).where(WAITS.state.in_(LISTED))
        if districts is not None:
            query = query.where(WAITS.district.in_(districts))
        rows = self._connection.execute(query.order_by(WAITS.id).limit(limit))
        return tuple(_wait(row) for row in rows)

    def run_out(self, now: datetime, limit: int) -> tuple[Wait, ...]:
        """Return the offers that nobody took up in time."""
        query = (
            select(BOOKING_WAITS)
            .where(WAITS.state == WaitState.OFFERED.value, WAITS.offer_until <= now)
            .order_by(WAITS.offer_until)
            .limit(limit)
        )
        return tuple(_wait(row) for row in self._connection.execute(query))

    def ahead(self, wait: Wait) -> int:
        """Count who joined before and waits for the same district, way and first slot."""
        query = select(func.count()).where(
            WAITS.state == WaitState.WAITING.value,
            WAITS.district == wait.district,
            WAITS.mode == wait.mode.value,
            WAITS.first_at < wait.last_at,
            WAITS.last_at > wait.first_at,
            WAITS.id < wait.id,
        )
        return int(self._connection.execute(query).scalar() or 0)

    def move(
        self,
        seen: Wait,
        state: WaitState,
        *,
        actor: str,
        now: datetime,
        offered_at: datetime | None = None,
        offer_until: datetime | None = None,
    ) -> bool:
        """Change the state of a line as last seen; False when somebody else was first."""
        changed = self._connection.execute(
            update(BOOKING_WAITS)
            .where(and_(WAITS.id == seen.id, WAITS.state == seen.state.value))
            .values(
                state=state.value,
                offered_at=offered_at or seen.offered_at,
                offer_until=offer_until or seen.offer_until,
            )
        ).rowcount
        if changed:
            self._append(seen, state, actor, offered_at or seen.offered_at, now)
        return bool(changed)

    def _append(
        self, wait: Wait, state: WaitState, actor: str, starts_at: datetime | None, now: datetime
    ) -> None:
        values: dict[str, Any] = {"wait_id": wait.id, "state": state.value, "actor": actor}
        statement = insert(BOOKING_WAIT_EVENTS).values(**values, starts_at=starts_at, at=now)
        self._connection.execute(statement)


def _hold(row: Any) -> Hold:
    return Hold(
        conversation_id=row.conversation_id,
        purpose=HoldPurpose(row.purpose),
        district=row.district,
        mode=Mode(row.mode),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        kind=SlotKind(row.kind),
        until=row.until,
        agent_id=row.agent_id,
    )


def _wait(row: Any) -> Wait:
    return Wait(
        id=row.id,
        conversation_id=row.conversation_id,
        district=row.district,
        mode=Mode(row.mode),
        first_at=row.first_at,
        last_at=row.last_at,
        state=WaitState(row.state),
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        matter_id=row.matter_id,
        offered_at=row.offered_at,
        offer_until=row.offer_until,
        joined_at=row.joined_at,
    )
