"""A plan that lives: what is done, what is at hand, when the rest is due, who is told."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.plans import PlanKind

MAX_NAME = 40
"""Characters of the name that an applicant gives a plan."""


class PlanEventKind(enum.Enum):
    """What happened to a plan."""

    SAVED = "saved"
    MARKED = "marked"
    UNMARKED = "unmarked"
    RENAMED = "renamed"
    PAPERS = "papers"
    RECOMPUTED = "recomputed"
    OPENED = "opened"
    DELETED = "deleted"


@dataclass(frozen=True)
class StepDate:
    """When a step is due; None for the applicant's own work whose length nobody knows."""

    name: str
    due: date | None
    is_provisional: bool


@dataclass(frozen=True)
class Moved:
    """A step whose due day has changed.

    Attributes:
        before: The old day; None when the step is new.
        after: The new day; None when the step is no longer needed.
        working_days: Later by so many working days, negative when earlier; 0 without both days.
    """

    step_id: str
    name: str
    before: date | None
    after: date | None
    working_days: int


@dataclass(frozen=True)
class PlanLife:
    """Everything about a saved plan that changes.

    Attributes:
        recipe: The answers the plan is composed from; see `bot.services.plans.recipe`.
        start_on: Day 0.
        done: Real local day by step id.
        papers: By key of the document: at hand or not yet.
        dates: The present due days by step id, in the order of the plan.
        is_open: Something is still to be done.
        phone_tail: Last four digits of the telephone left for opening it elsewhere; "" for none.
        fingerprint: Of the catalogue and calendar that computed `dates`.
        version: Grows with every change; 1 is the plan as it was saved.
    """

    plan_id: int
    kind: PlanKind
    conversation_id: str = field(repr=False)
    number: str
    name: str = field(repr=False)
    recipe: Mapping[str, Any] = field(repr=False)
    start_on: date
    done: Mapping[str, date]
    papers: Mapping[str, bool] = field(repr=False)
    dates: Mapping[str, StepDate] = field(repr=False)
    is_open: bool
    phone_tail: str = field(repr=False)
    fingerprint: str
    version: int
    created_at: datetime


@dataclass(frozen=True)
class PlanVersion:
    """How the dates of a plan were, and why they changed."""

    number: int
    reason: str
    dates: Mapping[str, StepDate]
    at: datetime


def to_plain(dates: Mapping[str, StepDate]) -> list[list[Any]]:
    """Return the dates as JSON: `[id, name, ISO day or None, provisional]` in order."""
    return [
        [step_id, each.name, each.due.isoformat() if each.due else None, each.is_provisional]
        for step_id, each in dates.items()
    ]


def from_plain(rows: list[list[Any]]) -> dict[str, StepDate]:
    """Return what `to_plain` wrote."""
    return {
        step_id: StepDate(name, date.fromisoformat(due) if due else None, provisional)
        for step_id, name, due, provisional in rows
    }
