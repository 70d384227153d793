"""Which marks fit a plan: a step is finished after all that it waits for, and not after today.

Milestones and steps that are not needed are looked through: what counts is the work before them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.domain.plan_errors import StepDone, StepInFuture, StepNeeded, StepTooEarly, UnknownPlanStep
from bot.domain.plan_life import PlanLife
from bot.planner.graph import Step
from bot.planner.plan import Plan
from bot.services.plans.due_days import may_be_left_out
from bot.services.plans.snapshot import AnyPlan
from bot.services.plans.steps import PlanStep


def work_before(plan: Plan, step_id: str) -> frozenset[str]:
    """Return the ids of the work a step waits for directly, looking through what is no work."""
    found: set[str] = set()
    waiting = list(plan.graph[step_id].depends_on)
    while waiting:
        before = plan.graph[waiting.pop()]
        if _is_work(before):
            found.add(before.id)
        else:
            waiting += before.depends_on
    return frozenset(found)


def open_before(made: AnyPlan, done: Mapping[str, date], step_id: str) -> tuple[str, ...]:
    """Return the ids of the open work that a step waits for directly, in the order of the plan."""
    before = work_before(made.plan, step_id)
    return tuple(
        step.planned.step.id
        for step in made.steps
        if step.planned.step.id in before and not _is_behind(step, done)
    )


def with_predecessors(
    made: AnyPlan, done: Mapping[str, date], step_ids: Sequence[str]
) -> tuple[str, ...]:
    """Return steps and every open step before them, in the order of the plan."""
    wanted = set(step_ids)
    waiting = list(step_ids)
    known = {step.planned.step.id for step in made.steps}
    while waiting:
        step_id = waiting.pop()
        more = set(open_before(made, done, step_id)) if step_id in known else set()
        waiting += more - wanted
        wanted |= more
    return tuple(p.step.id for p in made.plan.steps if p.step.id in wanted)


def check_marks(
    made: AnyPlan,
    life: PlanLife,
    step_ids: Iterable[str],
    done_on: date,
    *,
    today: date,
    again: bool,
) -> None:
    """Make sure that steps can have been finished on a day; raises as `mark_steps` says."""
    wanted = tuple(step_ids)
    if done_on > today:
        raise StepInFuture
    known = {step.planned.step.id: step for step in made.steps}
    will_be = {**life.done, **dict.fromkeys(wanted, done_on)}
    for step_id in wanted:
        step = known.get(step_id)
        if step is None or step.planned.step.clock == "none":
            raise UnknownPlanStep(step_id)
        name = step.planned.step.name
        noted = life.done.get(step_id)
        if noted is not None and not again:
            raise StepDone(name, noted)
        if step.is_done and noted is None:  # behind the applicant when the plan was made
            raise StepDone(name, life.start_on)
        blockers = {
            known[i].planned.step.name: will_be.get(i)
            for i in work_before(made.plan, step_id)
            if i in known and not _allows(known[i], will_be, done_on)
        }
        if blockers:
            raise StepTooEarly(name, blockers)
        followers = dict(_followers(made, life.done, step_id, before=done_on))
        if followers:
            raise StepNeeded(name, followers)


def check_unmark(made: AnyPlan, life: PlanLife, step_id: str) -> None:
    """Make sure that no marked step rests on this one.

    Raises:
        StepNeeded: One does.
    """
    followers = dict(_followers(made, life.done, step_id, before=None))
    if followers:
        raise StepNeeded(life.dates[step_id].name, followers)


def _followers(
    made: AnyPlan, done: Mapping[str, date], step_id: str, *, before: date | None
) -> Iterator[tuple[str, date]]:
    """Yield marked steps that wait for this one, those finished before a day if one is given."""
    for step in made.steps:
        real = done.get(step.planned.step.id)
        if real is None or (before is not None and real >= before):
            continue
        if step_id in work_before(made.plan, step.planned.step.id):
            yield step.planned.step.name, real


def _allows(step: PlanStep, done: Mapping[str, date], done_on: date) -> bool:
    """Tell whether a step lets its followers be finished on a day; voluntary ones always do."""
    real = done.get(step.planned.step.id)
    return step.is_done or may_be_left_out(step) if real is None else real <= done_on


def _is_behind(step: PlanStep, done: Mapping[str, date]) -> bool:
    return step.is_done or may_be_left_out(step) or step.planned.step.id in done


def _is_work(step: Step) -> bool:
    return not step.is_skipped and step.clock != "none"
