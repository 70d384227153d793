"""Reviews at the desk: how services are rated, and the tasks that bad reviews open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.reviews import (
    ALLOWED_RECTIFICATION_STATES,
    AnonymousReview,
    Rectification,
    RectificationEvent,
    RectificationState,
    TargetKind,
)
from bot.services import reviews
from bot.services.local_time import local_day
from bot.services.ports import OpenUnitOfWork, UnitOfWork

DAYS = 30
"""How far back the page counts."""

SHOWN = 100
LONGEST_RECORD = 500


class RecordMissing(BotError):
    """A step without a word what was done or found."""


@dataclass(frozen=True)
class ReviewOffice:
    """Somebody at the desk of reviews, at one moment."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    catalogue: Catalogue

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now)


@dataclass(frozen=True)
class Task:
    """The task of one bad review, with what may be shown of the review.

    Attributes:
        kind: What was rated; the number stays out, it would name who rated.
    """

    task: Rectification
    review: AnonymousReview
    kind: TargetKind


@dataclass(frozen=True)
class ReviewList:
    """The page.

    Attributes:
        counts: Reviews of the last `DAYS` by level, best first, zeros included.
        open_tasks: The most urgent first.
        recent: The newest reviews first.
    """

    counts: Mapping[int, int]
    open_tasks: Sequence[Task]
    recent: Sequence[AnonymousReview]


@dataclass(frozen=True)
class TaskPage:
    """Everything about one task.

    Attributes:
        leads_to: Where this person may take it now.
        names: Display names of staff in the history, by actor.
    """

    task: Task
    history: Sequence[RectificationEvent]
    leads_to: Sequence[RectificationState]
    names: Mapping[str, str]


def list_reviews(office: ReviewOffice) -> ReviewList:
    """Return how services were rated lately, and what has to be put right."""
    unit_of_work = office.unit_of_work
    with unit_of_work() as unit:
        open_tasks = [_task(unit, task) for task in unit.reviews.open_rectifications()]
    return ReviewList(
        counts=reviews.counts_by_level(
            unit_of_work, now=office.now, days=DAYS, catalogue=office.catalogue
        ),
        open_tasks=open_tasks,
        recent=reviews.reviews_for_staff(unit_of_work, limit=SHOWN),
    )


def read_task(office: ReviewOffice, task_id: int) -> TaskPage:
    """Return one task; raises `UnknownRectification`."""
    with office.unit_of_work() as unit:
        task = unit.reviews.rectification(task_id)
        shown = _task(unit, task)
        history = unit.reviews.rectification_events(task_id)
        staff = {event.actor for event in history if event.actor.startswith("agent:")}
        names = {one: unit.people.agent(int(one.removeprefix("agent:"))).name for one in staff}
    may_act = office.agent.may(Permission.RECTIFY_REVIEWS)
    leads_to = ALLOWED_RECTIFICATION_STATES[task.state] if may_act else frozenset()
    ordered = [state for state in RectificationState if state in leads_to]
    return TaskPage(shown, history, ordered, names)


def advance(office: ReviewOffice, task_id: int, *, to: RectificationState, record: str) -> None:
    """Take a task one step further, with a record of what was found or done.

    Raises:
        RecordMissing: Nothing was written down.
        NotAllowed: This role puts nothing right.
        UnknownRectification: No such task.
        RectificationChanged: The step is not allowed now, or somebody was faster.
    """
    if not office.agent.may(Permission.RECTIFY_REVIEWS):
        raise NotAllowed
    if not record.strip():
        raise RecordMissing
    reviews.advance_rectification(
        office.unit_of_work,
        rectification_id=task_id,
        state=to,
        actor=f"agent:{office.agent.id}",
        reason=record.strip()[:LONGEST_RECORD],
        now=office.now,
    )


def _task(unit: UnitOfWork, task: Rectification) -> Task:
    review = unit.reviews.by_id(task.review_id)
    return Task(task, reviews.anonymous(review), review.target_kind)
