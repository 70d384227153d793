"""The repositories of halls, bookings, reviews and plans, as use cases see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.bookings import Booking, BookingEvent, BookingState, Contact
from bot.domain.halls import Hall, Mode, OfficeHours
from bot.domain.plans import PlanKind, SavedPlan
from bot.domain.reviews import (
    Rectification,
    RectificationEvent,
    RectificationState,
    Review,
    TargetKind,
)
from bot.domain.slots import Slot, SlotRules


@dataclass(frozen=True)
class NewBooking:
    """What is written for a booking; its place has been taken before."""

    origin: str
    number: str
    conversation_id: str
    district: str
    mode: Mode
    slot: Slot
    contact: Contact
    note: str
    matter_id: str | None
    provisional: bool


@dataclass(frozen=True)
class NewReview:
    """What is written for a review."""

    origin: str
    conversation_id: str
    target_kind: TargetKind
    target_id: str
    level: int
    comment: str


class ServiceSettingStore(Protocol):
    """Halls, slot rules and office hours, kept by the operator."""

    def hall(self, district: str) -> Hall:
        """Return the hall of a district; raises `UnknownDistrict` when none serves it."""

    def halls(self) -> tuple[Hall, ...]:
        """Return all halls, by id."""

    def slot_rules(self) -> SlotRules:
        """Return the weekly rule; raises `BadServiceSetting` when none was seeded."""

    def office_hours(self) -> OfficeHours:
        """Return the desk's hours; raises `BadServiceSetting` when none were seeded."""

    def change_office_hours(self, hours: OfficeHours, now: datetime) -> None:
        """Replace the desk's hours."""


class BookingStore(Protocol):
    """Bookings, the places they hold, and their history."""

    def taken(
        self, district: str, mode: Mode, first: datetime, last: datetime
    ) -> dict[datetime, int]:
        """Return places taken by start, for starts in [first, last]; zeros may be missing."""

    def take_place(self, district: str, mode: Mode, slot: Slot) -> bool:
        """Take one place; False when `slot.places` are taken. Locks the slot until the end."""

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

    def events(self, booking_id: int) -> tuple[BookingEvent, ...]:
        """Return the history, oldest first."""

    def note_failed_lookup(self, number: str, now: datetime) -> None:
        """Remember that a number was asked for with wrong digits."""

    def failed_lookups(self, number: str, since: datetime) -> int:
        """Count the failed look-ups of a number."""


class ReviewStore(Protocol):
    """Reviews and rectification tasks."""

    def add(self, new: NewReview, now: datetime) -> Review:
        """Write a review, or return the one of the same message; raises `AlreadyRated`."""

    def by_origin(self, origin: str) -> Review | None:
        """Return the review written for a message."""

    def of_target(self, kind: TargetKind, target_id: str) -> Review | None:
        """Return the one review of a target."""

    def recent(self, limit: int) -> tuple[Review, ...]:
        """Return the newest reviews first."""

    def counts_by_level(self, first: datetime, last: datetime) -> dict[int, int]:
        """Count reviews written in [first, last) by level."""

    def open_rectification(
        self,
        review_id: int,
        *,
        follow_up_due_on: date,
        due_on: date,
        provisional: bool,
        now: datetime,
    ) -> Rectification:
        """Open the task of a bad review and write its first event."""

    def rectification(self, rectification_id: int) -> Rectification:
        """Return one; raises `UnknownRectification`."""

    def rectification_of(self, review_id: int) -> Rectification | None:
        """Return the task of a review."""

    def open_rectifications(self) -> tuple[Rectification, ...]:
        """Return the tasks that are not settled, the most urgent first."""

    def set_rectification_state(
        self,
        seen: Rectification,
        state: RectificationState,
        *,
        actor: str,
        reason: str,
        now: datetime,
    ) -> bool:
        """Change the state of a task as last seen; False when it has changed meanwhile."""

    def rectification_events(self, rectification_id: int) -> tuple[RectificationEvent, ...]:
        """Return the history, oldest first."""


class PlanStore(Protocol):
    """Saved plans."""

    def add(
        self,
        *,
        origin: str,
        conversation_id: str,
        kind: PlanKind,
        answers: Mapping[str, Any],
        snapshot: Mapping[str, Any],
        now: datetime,
    ) -> SavedPlan:
        """Write a plan, or return the one that the same origin wrote before."""

    def add_link(self, plan_id: int, token_hash: str, now: datetime) -> None:
        """Add a link to a plan; earlier links stay good."""

    def by_token_hash(self, token_hash: str) -> SavedPlan:
        """Return one; raises `UnknownPlan`."""

    def by_id(self, plan_id: int) -> SavedPlan:
        """Return one; raises `UnknownPlan`."""

    def latest(self, conversation_id: str, kind: PlanKind | None) -> SavedPlan | None:
        """Return the newest plan of a conversation."""
