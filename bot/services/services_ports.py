"""The repositories of halls, bookings, reviews and plans, as use cases see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.booking_rules import BookingRules
from bot.domain.bookings import Contact
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
    agent_id: int | None = None
    confirm_by: datetime | None = None
    actor: str = "applicant"


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

    def booking_rules(self) -> BookingRules:
        """Return the rules around bookings; raises `BadServiceSetting` when none were seeded."""

    def raw(self, name: str) -> Mapping[str, Any]:
        """Return a setting as it is written; raises `BadServiceSetting` when it is not there."""

    def change(
        self,
        name: str,
        value: Mapping[str, Any],
        *,
        seen: Mapping[str, Any],
        agent_id: int,
        now: datetime,
    ) -> bool:
        """Put a checked value in the place of the one last seen; False when it has changed.

        Raises:
            BadServiceSetting: The value cannot be understood; nothing is changed.
        """


class ReviewStore(Protocol):
    """Reviews and rectification tasks."""

    def add(self, new: NewReview, now: datetime) -> Review:
        """Write a review, or return the one of the same message; raises `AlreadyRated`."""

    def by_origin(self, origin: str) -> Review | None:
        """Return the review written for a message."""

    def by_id(self, review_id: int) -> Review:
        """Return one that is known to exist."""

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
        department_id: str | None,
        now: datetime,
    ) -> Rectification:
        """Open the task of a bad review and write its first event."""

    def rectification(self, rectification_id: int) -> Rectification:
        """Return one; raises `UnknownRectification`."""

    def rectification_of(self, review_id: int) -> Rectification | None:
        """Return the task of a review."""

    def owned_rectifications(self, owner_id: int, limit: int) -> tuple[Rectification, ...]:
        """Return the tasks of one person that are not settled, the most urgent first."""

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

    def set_owner(self, seen: Rectification, owner_id: int, *, actor: str, now: datetime) -> bool:
        """Name who sees to a task as last seen; False when it has changed meanwhile."""

    def bad_reviews(self, department_id: str | None, first: datetime, last: datetime) -> int:
        """Count what a department was rated badly for in [first, last), appeals left out."""

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

    def drop_links(self, plan_id: int) -> None:
        """Take away every link to a plan."""

    def by_token_hash(self, token_hash: str) -> SavedPlan:
        """Return one; raises `UnknownPlan`."""

    def by_id(self, plan_id: int) -> SavedPlan:
        """Return one; raises `UnknownPlan`."""

    def latest(self, conversation_id: str, kind: PlanKind | None) -> SavedPlan | None:
        """Return the newest plan of a conversation."""
