"""How a plan stands today: what is done, what can be done now, what is late, what moved and why."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.plan_life import Moved, PlanLife, StepDate
from bot.planner.calendar import DueDate
from bot.services.plans.due_days import dates_of, may_be_left_out, moves, shift
from bot.services.plans.marks import open_before
from bot.services.plans.recipe import PlanComposer
from bot.services.plans.snapshot import AnyPlan
from bot.services.plans.steps import PlanStep


class StepState(enum.Enum):
    """How far a step is."""

    DONE = "done"
    READY = "ready"
    """It can be done now."""

    WAITING = "waiting"
    """Something before it is still open."""


@dataclass(frozen=True)
class LiveStep:
    """A step as it stands.

    Attributes:
        due: When it is due by what has really happened so far.
        done_on: Real day; None while open, and for what was behind the applicant at the start.
        waits_for: Names of the open steps right before it.
        late_days: Working days by which it is late today, 0 when it is not or waits for others.
        may_be_left_out: It is voluntary, or nobody has said whether it is needed.
    """

    id: str
    name: str
    department: str
    state: StepState
    due: DueDate
    done_on: date | None
    waits_for: tuple[str, ...]
    late_days: int
    is_own_work: bool
    may_be_left_out: bool
    step: PlanStep


@dataclass(frozen=True)
class Cause:
    """Why a due day moved: a step was done earlier or later than planned, or a rule changed.

    Attributes:
        step: Name of the step; "" when the calendar or a rule has changed.
        done_on: Its real day.
        working_days: Later than planned by so many working days, negative when earlier.
    """

    step: str
    done_on: date | None
    working_days: int


@dataclass(frozen=True)
class LivePlan:
    """A plan as it stands.

    Attributes:
        plan: Composed with the real days.
        steps: Without milestones, in the order of the plan.
        n_done: Steps that are behind the applicant.
        n_steps: Steps that have to be done; what may be left out counts only when it is done.
        ends: Earliest end seen from today.
        planned_end: End when the plan was saved; None when no step had a date.
        end_shift: Working days by which the end has moved.
        moved: Open steps that are due on another day than when the plan was saved, with the cause.
    """

    life: PlanLife
    plan: AnyPlan
    steps: tuple[LiveStep, ...]
    n_done: int
    n_steps: int
    ends: DueDate
    planned_end: date | None
    end_shift: int
    moved: tuple[tuple[Moved, Cause], ...]

    def ready(self) -> tuple[LiveStep, ...]:
        """Return what can be done now, the most urgent first; what may be left out comes last."""
        found = [step for step in self.steps if step.state is StepState.READY]
        return tuple(sorted(found, key=lambda step: (step.may_be_left_out, step.due.on)))

    def late(self) -> tuple[LiveStep, ...]:
        """Return what should have been finished by now, the latest first."""
        found = [step for step in self.steps if step.late_days and not step.may_be_left_out]
        return tuple(sorted(found, key=lambda step: -step.late_days))

    def step(self, step_id: str) -> LiveStep | None:
        """Return one step, None when the plan has none of this id."""
        return next((step for step in self.steps if step.id == step_id), None)


def view_plan(
    composer: PlanComposer, life: PlanLife, first_dates: Mapping[str, StepDate], today: date
) -> LivePlan:
    """Return how a plan stands.

    Args:
        composer: Composes the plan.
        life: The plan.
        first_dates: As it was saved.
        today: Local date.

    Raises:
        NotLive: The plan cannot be composed any more.
    """
    plan = composer.compose(life)
    steps = tuple(
        _live(step, plan, life, today, composer)
        for step in plan.steps
        if step.planned.step.clock != "none"
    )
    counted = [s for s in steps if s.state is StepState.DONE or not s.may_be_left_out]
    ends = composer.compose(life, today).plan.finishes if life.is_open else plan.plan.finishes
    planned_end = max((each.due for each in first_dates.values() if each.due), default=None)
    now = dates_of(plan.steps, plan.plan, life.done)
    return LivePlan(
        life=life,
        plan=plan,
        steps=steps,
        n_done=sum(step.state is StepState.DONE for step in counted),
        n_steps=len(counted),
        ends=ends,
        planned_end=planned_end,
        end_shift=shift(planned_end, ends.on, composer.days),
        moved=tuple(
            (each, _cause(each, plan, life, first_dates, composer))
            for each in moves(first_dates, now, life.done, composer.days)
        ),
    )


def _live(
    step: PlanStep, plan: AnyPlan, life: PlanLife, today: date, composer: PlanComposer
) -> LiveStep:
    planned, step_id = step.planned, step.planned.step.id
    is_done = step.is_done or step_id in life.done
    before = () if is_done else open_before(plan, life.done, step_id)
    names = {each.planned.step.id: each.planned.step.name for each in plan.steps}
    state = StepState.DONE if is_done else StepState.WAITING if before else StepState.READY
    is_late = state is StepState.READY and planned.due.on < today
    is_late = is_late and not planned.step.is_open_ended
    return LiveStep(
        id=step_id,
        name=planned.step.name,
        department=step.department,
        state=state,
        due=planned.due,
        done_on=life.done.get(step_id),
        waits_for=tuple(names[i] for i in before),
        late_days=max(shift(planned.due.on, today, composer.days), 1) if is_late else 0,
        is_own_work=planned.step.is_open_ended,
        may_be_left_out=may_be_left_out(step),
        step=step,
    )


def _cause(
    moved: Moved,
    plan: AnyPlan,
    life: PlanLife,
    first_dates: Mapping[str, StepDate],
    composer: PlanComposer,
) -> Cause:
    """Return the done step before this one that moved most in the same direction."""
    known = {p.step.id for p in plan.plan.steps}
    before = plan.plan.graph.ancestors(moved.step_id) if moved.step_id in known else frozenset()
    causes = []
    for step_id in before:
        first, real = first_dates.get(step_id), life.done.get(step_id)
        if first is not None and real is not None:
            days = shift(first.due, real, composer.days)
            if days * moved.working_days > 0:
                causes.append(Cause(first.name, real, days))
    return max(causes, key=lambda cause: abs(cause.working_days), default=Cause("", None, 0))
