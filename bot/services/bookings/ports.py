"""The repositories around bookings, as use cases see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.assistance import Assistance, AssistanceEvent, AssistanceState
from bot.domain.bookings import Booking, BookingEvent, BookingState, Contact
from bot.domain.halls import Mode
from bot.domain.helpers import Absence, Engagement, Helper
from bot.domain.slots import Slot
from bot.domain.waits import Hold, HoldPurpose, Wait, WaitState
from bot.services.services_ports import NewBooking


@dataclass(frozen=True)
class DueReminder:
    """A reminder that is to go out; `kind` is its distance to the start in minutes."""

    booking_id: int
    kind: str
    due_at: datetime


class BookingStore(Protocol):
    """Bookings, the places they hold, and their history."""

    def taken(
        self, district: str, mode: Mode, first: datetime, last: datetime
    ) -> dict[datetime, int]:
        """Return places taken by start, for starts in [first, last]; zeros may be missing."""

    def lock_slot(self, district: str, mode: Mode, starts_at: datetime) -> int:
        """Let nobody else take or hold places of a slot until the end; returns those taken."""

    def take_place(self, district: str, mode: Mode, slot: Slot, reserved: int = 0) -> bool:
        """Take one place; False when no more than `reserved` are left. Locks the slot."""

    def give_back(self, district: str, mode: Mode, starts_at: datetime) -> None:
        """Give one place back."""

    def add(self, new: NewBooking, now: datetime) -> Booking:
        """Write a booking and its first event; raises `OriginTaken`, `AlreadyBooked`."""

    def move(self, seen: Booking, new: NewBooking, now: datetime) -> bool:
        """Move a booking as last seen to `new`'s slot; False when it has changed meanwhile.

        Raises:
            AlreadyBooked: The same telephone number has a booking at that time.
            OriginTaken: Another transaction wrote for the same message.
        """

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

    def by_number(self, number: str) -> Booking:
        """Return one; raises `UnknownBooking`."""

    def by_origin(self, origin: str) -> Booking | None:
        """Return the booking that an event with this origin belongs to."""

    def of_conversation(self, conversation_id: str) -> tuple[Booking, ...]:
        """Return all bookings of a conversation, by start, newest first."""

    def open_of_phone(self, phone: str, after: datetime) -> int:
        """Count the open bookings of a telephone number that start after a moment."""

    def due(self, district: str | None, first: datetime, last: datetime) -> tuple[Booking, ...]:
        """Return open bookings that start in [first, last), by start; for staff."""

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

    def to_move(self, districts: Sequence[str] | None, now: datetime) -> tuple[Booking, ...]:
        """Return open bookings to come whose applicants were asked to move them, by start."""

    def events(self, booking_id: int) -> tuple[BookingEvent, ...]:
        """Return the history, oldest first."""

    def note_failed_lookup(self, number: str, now: datetime) -> None:
        """Remember that a number was asked for with wrong digits."""

    def failed_lookups(self, number: str, since: datetime) -> int:
        """Count the failed look-ups of a number."""


class BookingHoldStore(Protocol):
    """Held slots; one that has run out is as good as gone."""

    def put(self, hold: Hold) -> None:
        """Keep a slot for a conversation; what it kept before for this purpose is free again."""

    def release(self, conversation_id: str, purpose: HoldPurpose) -> None:
        """Give a kept slot back."""

    def release_slot(
        self, conversation_id: str, district: str, mode: Mode, starts_at: datetime
    ) -> None:
        """Give back what the conversation keeps of one slot: it has been booked."""

    def of(self, conversation_id: str, purpose: HoldPurpose) -> Hold | None:
        """Return what is or was kept for a conversation; it may have run out."""

    def live(self, district: str, mode: Mode, now: datetime) -> tuple[Hold, ...]:
        """Return the holds of a district and way that have not run out."""

    def forget(self, before: datetime) -> int:
        """Delete holds that ran out before a moment; nobody asks for them any more."""


class BookingWaitStore(Protocol):
    """The waiting list."""

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

    def of_conversation(self, conversation_id: str) -> tuple[Wait, ...]:
        """Return the lines of a conversation that are on the list, in order of joining."""

    def waiting(self, district: str, mode: Mode) -> tuple[Wait, ...]:
        """Return who waits for a district and way, in order of joining."""

    def next_waiting(self, after: int, limit: int) -> tuple[Wait, ...]:
        """Return who waits, of all districts, in order of joining, with an id above `after`."""

    def listed(self, districts: Sequence[str] | None, limit: int) -> tuple[Wait, ...]:
        """Return who waits or has an offer, in order of joining; None for the whole city."""

    def run_out(self, now: datetime, limit: int) -> tuple[Wait, ...]:
        """Return the offers that nobody took up in time."""

    def ahead(self, wait: Wait) -> int:
        """Count who joined before and waits for the same district, way and first slot."""

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


class HelperStore(Protocol):
    """Helpers: what they do, when they are away, what they have given away."""

    def put(self, helper: Helper) -> None:
        """Enter what a helper does, or change it."""

    def all(self) -> tuple[Helper, ...]:
        """Return all helpers, by account; those who have left too."""

    def get(self, agent_id: int) -> Helper:
        """Return one; raises `UnknownHelper`."""

    def serving(self, district: str, mode: Mode) -> tuple[Helper, ...]:
        """Return the active helpers of a district and way, by account."""

    def lock(self, agent_ids: Sequence[int]) -> None:
        """Let nobody else give these helpers' time away until the transaction ends."""

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

    def withdraw_absence(self, absence_id: int, now: datetime) -> Absence:
        """Take an absence back; the line itself stays. Raises `UnknownAbsence`."""

    def absences(self, agent_ids: Sequence[int] | None, since: datetime) -> tuple[Absence, ...]:
        """Return the absences that are not over at a moment, by start; None for everybody's."""

    def bookings_during(self, absence: Absence) -> tuple[Booking, ...]:
        """Return the helper's open bookings that fall into an absence, by start."""


class BookingClockStore(Protocol):
    """What the clock does about bookings: reminders, confirmations; and secret links."""

    def arm(self, booking_id: int, due: Mapping[str, datetime]) -> None:
        """Put these reminders, by kind, in the place of all that the booking had."""

    def disarm(self, booking_id: int) -> None:
        """Take the reminders of a booking away."""

    def due(self, now: datetime, limit: int) -> tuple[DueReminder, ...]:
        """Return the reminders that are to go out, the earliest first; an index scan."""

    def claim(self, reminder: DueReminder, now: datetime) -> Booking | None:
        """Mark a reminder as told and return its booking; None when somebody else was first."""

    def unconfirmed(self, now: datetime, limit: int) -> tuple[Booking, ...]:
        """Return open bookings whose confirmation is overdue."""

    def no_shows(self, phone: str, since: datetime) -> int:
        """Count the bookings of a telephone number that started since then and saw nobody."""

    def add_link(self, booking_id: int, token_hash: str, now: datetime) -> None:
        """Add a secret link to a booking; earlier ones stay good."""

    def by_link(self, token_hash: str) -> Booking:
        """Return the booking under a link; raises `UnknownBooking`."""


class AssistanceStore(Protocol):
    """One-to-one assistance, with its history."""

    def add(
        self,
        *,
        conversation_id: str,
        agent_id: int,
        subject: str,
        plan_id: int | None,
        actor: str,
        now: datetime,
    ) -> Assistance:
        """Propose a helper; raises `HasHelper` when there is one, or one is being asked about."""

    def get(self, assistance_id: int) -> Assistance:
        """Return one; raises `UnknownAssistance`."""

    def open_of(self, conversation_id: str) -> Assistance | None:
        """Return the proposed or active one of a conversation."""

    def open_of_agent(self, agent_id: int | None) -> tuple[Assistance, ...]:
        """Return the proposed and active ones of a helper, or of all, the oldest first."""

    def of_finished_plans(self, limit: int) -> tuple[Assistance, ...]:
        """Return the active ones whose plan has no open step any more."""

    def move(
        self,
        seen: Assistance,
        state: AssistanceState,
        *,
        actor: str,
        reason: str,
        now: datetime,
        plan_id: int | None = None,
    ) -> bool:
        """Change the state as last seen; False when somebody else was first."""

    def set_plan(self, assistance_id: int, plan_id: int) -> None:
        """Note the plan that the helper helps with."""

    def events(self, assistance_id: int) -> tuple[AssistanceEvent, ...]:
        """Return the history, oldest first."""
