"""A plan that lives: what is done, what is at hand, when the rest is due, who is told."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.errors import BotError
from bot.domain.plans import PlanKind

MAX_NAME = 40
"""Characters of the name that an applicant gives a plan."""

MAX_REMIND_DAYS = 30
"""Calendar days before a due day from which a reminder can be asked for."""

USUAL_REMIND_DAYS = 1


class PlanEventKind(enum.Enum):
    """What happened to a plan."""

    SAVED = "saved"
    MARKED = "marked"
    UNMARKED = "unmarked"
    RENAMED = "renamed"
    PAPERS = "papers"
    RECOMPUTED = "recomputed"
    OPENED = "opened"


class NoticeKind(enum.Enum):
    """Why somebody is told something about a plan."""

    BEFORE = "before"
    """A due day is near."""

    DUE = "due"
    """A step is due today."""

    MOVED = "moved"
    """The calendar or a rule has changed, and dates have moved."""


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
        recipe: The answers the plan is composed from; see `bot.services.plan_recipe`.
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
class PlanReader:
    """A conversation that may see a plan, and what it wants to be told.

    Attributes:
        remind_days: Reminded so many calendar days before a due day and on it; None: never.
        remind_on: Next local day on which something may have to be said; None when none.
        is_muted: It wants to hear nothing of this plan by itself.
    """

    plan_id: int
    conversation_id: str = field(repr=False)
    remind_days: int | None
    remind_on: date | None
    is_muted: bool


@dataclass(frozen=True)
class PlanNotice:
    """Something to be said once to one conversation."""

    id: int
    plan_id: int
    conversation_id: str = field(repr=False)
    kind: NoticeKind
    subject: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class PlanVersion:
    """How the dates of a plan were, and why they changed."""

    number: int
    reason: str
    dates: Mapping[str, StepDate]
    at: datetime


class PlanChanged(BotError):
    """The plan was changed by somebody else in the same moment, several times in a row."""


class NotLive(BotError):
    """The plan was saved before plans could be followed, or cannot be composed any more."""


class UnknownPlanStep(BotError):
    """The plan has no such step."""


class StepInFuture(BotError):
    """A step cannot have been finished after today."""


class StepTooEarly(BotError):
    """A step cannot be finished before one it waits for.

    Attributes:
        step: Name of the step.
        waits_for: Names and real days of what it waits for; None for what is still open.
    """

    def __init__(self, step: str, waits_for: Mapping[str, date | None]) -> None:
        super().__init__("a step cannot be finished before one it waits for")
        self.step = step
        self.waits_for = waits_for


class StepDone(BotError):
    """The step is marked already.

    Attributes:
        step: Name of the step.
        on: The real day that is noted.
    """

    def __init__(self, step: str, on: date) -> None:
        super().__init__("the step is marked already")
        self.step = step
        self.on = on


class StepNeeded(BotError):
    """A mark cannot be taken back or moved while a later step rests on it.

    Attributes:
        step: Name of the step.
        followers: Names and real days of the steps that rest on it.
    """

    def __init__(self, step: str, followers: Mapping[str, date]) -> None:
        super().__init__("a later step rests on this one")
        self.step = step
        self.followers = followers


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
