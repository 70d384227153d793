"""Reviews at the desk: how services are rated, and the tasks that bad reviews open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.people import DEPARTMENT_ROLES, Agent, NotAllowed
from bot.domain.rectifications import ACTS, Act
from bot.domain.reviews import (
    OWNER,
    RECTIFICATION_DONE,
    AnonymousReview,
    Rectification,
    RectificationChanged,
    RectificationEvent,
    TargetKind,
    UnknownRectification,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork, within
from bot.services.reviews import reviews
from bot.services.reviews import rights as review_rights
from bot.services.reviews.effect import Effect, effect_of
from bot.services.times.local_time import local_day

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

    @property
    def actor(self) -> str:
        """Return how the history names this person."""
        return f"agent:{self.agent.id}"


@dataclass(frozen=True)
class Task:
    """The task of one bad review, with what may be shown of the review.

    Attributes:
        kind: What was rated; the number stays out, it would name who rated.
        owner: Name of who sees to it, "" as long as nobody was named.
    """

    task: Rectification
    review: AnonymousReview
    kind: TargetKind
    owner: str = ""


@dataclass(frozen=True)
class ReviewList:
    """The page.

    Attributes:
        counts: Reviews of the last `DAYS` by level, best first, zeros included; empty for
            department staff, who see their own tasks only.
        open_tasks: The most urgent first.
        recent: The newest reviews first; empty for department staff.
    """

    counts: Mapping[int, int]
    open_tasks: Sequence[Task]
    recent: Sequence[AnonymousReview]


@dataclass(frozen=True)
class TaskPage:
    """Everything about one task.

    Attributes:
        acts: What this person may do with it now.
        owners: Who can be named to see to it; empty for those who do not name.
        names: Display names of staff, by actor.
        effect: What became of the department's reviews, None before it is settled.
    """

    task: Task
    history: Sequence[RectificationEvent]
    acts: Sequence[Act]
    owners: Sequence[Agent]
    names: Mapping[str, str]
    effect: Effect | None


def list_reviews(office: ReviewOffice) -> ReviewList:
    """Return how services were rated lately, and what has to be put right."""
    with office.unit_of_work() as unit:
        open_tasks = [
            _task(unit, task)
            for task in unit.reviews.open_rectifications()
            if review_rights.sees(office.agent, task)
        ]
        if office.agent.role in DEPARTMENT_ROLES:
            return ReviewList({}, open_tasks, ())
        opened = within(unit)
        counts = reviews.counts_by_level(
            opened, now=office.now, days=DAYS, catalogue=office.catalogue
        )
        return ReviewList(counts, open_tasks, reviews.reviews_for_staff(opened, limit=SHOWN))


def read_task(office: ReviewOffice, task_id: int) -> TaskPage:
    """Return one task; raises `UnknownRectification`, also when it is not for this eye."""
    with office.unit_of_work() as unit:
        task = _seen(unit, office, task_id)
        history = unit.reviews.rectification_events(task_id)
        people = unit.people.agents()
        settled = next((one.at for one in history if one.state in RECTIFICATION_DONE), None)
        effect = None if settled is None else effect_of(unit, task, settled, office.now)
        shown = _task(unit, task)
    acts = [act for act in Act if _may(office.agent, task, act, history)]
    is_naming = review_rights.may_name_owner(office.agent, task)
    owners = [one for one in people if is_naming and review_rights.can_own(one, task)]
    names = {f"agent:{one.id}": one.name for one in people}
    return TaskPage(shown, history, acts, owners, names, effect)


def act_on(office: ReviewOffice, task_id: int, act: Act, *, record: str) -> None:
    """Take a task one step further, with a record of what was found or done.

    Raises:
        RecordMissing: Nothing was written down.
        NotAllowed: Not for this person.
        OwnAppeal: Who owns the task, or has appealed, does not decide about the appeal.
        UnknownRectification: No such task, or not for this eye.
        RectificationChanged: The step is not allowed now, or somebody was faster.
    """
    with office.unit_of_work() as unit:
        task = _seen(unit, office, task_id)
        history = unit.reviews.rectification_events(task_id)
        review_rights.check(office.agent, task, act, history)
        if not record.strip():
            raise RecordMissing
        seen, to = ACTS[act]
        if task.state not in seen:
            raise RectificationChanged(task.state.value)
        kept = record.strip()[:LONGEST_RECORD]
        if not unit.reviews.set_rectification_state(
            task, to, actor=office.actor, reason=kept, now=office.now
        ):
            raise RectificationChanged(task.state.value)


def name_owner(office: ReviewOffice, task_id: int, owner_id: int) -> None:
    """Name who sees to a task.

    Raises:
        NotAllowed: This role names nobody, or that person cannot see to it.
        UnknownRectification: No such task.
        UnknownAgent: No such account.
        RectificationChanged: It is settled, or somebody was faster.
    """
    with office.unit_of_work() as unit:
        task = _seen(unit, office, task_id)
        owner = unit.people.agent(owner_id)
        if task.state in RECTIFICATION_DONE:
            raise RectificationChanged(task.state.value)
        if not review_rights.may_name_owner(office.agent, task) or not review_rights.can_own(
            owner, task
        ):
            raise NotAllowed
        if not unit.reviews.set_owner(task, owner_id, actor=office.actor, now=office.now):
            raise RectificationChanged(task.state.value)


def owner_named(event: RectificationEvent) -> str | None:
    """Return the actor whom a line of the history names as owner, None for all other lines."""
    if not event.reason.startswith(OWNER):
        return None
    return f"agent:{event.reason.removeprefix(OWNER)}"


def _may(
    agent: Agent, task: Rectification, act: Act, history: Sequence[RectificationEvent]
) -> bool:
    if task.state not in ACTS[act][0]:
        return False
    try:
        review_rights.check(agent, task, act, history)
    except (NotAllowed, review_rights.OwnAppeal):
        return False
    return True


def _seen(unit: UnitOfWork, office: ReviewOffice, task_id: int) -> Rectification:
    task = unit.reviews.rectification(task_id)
    if not review_rights.sees(office.agent, task):
        raise UnknownRectification(str(task_id))
    return task


def _task(unit: UnitOfWork, task: Rectification) -> Task:
    review = unit.reviews.by_id(task.review_id)
    owner = "" if task.owner_id is None else unit.people.agent(task.owner_id).name
    return Task(task, reviews.anonymous(review), review.target_kind, owner)
