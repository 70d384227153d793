"""The due days of a plan, what moved between two states of it, and when to remind of it next."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from bot.domain.plan_life import Moved, PlanLife, StepDate
from bot.domain.plan_readers import PlanReader
from bot.planner.day_index import DayIndex
from bot.planner.plan import Plan
from bot.services.plans.steps import PlanStep


def dates_of(
    steps: Iterable[PlanStep], plan: Plan, done: Mapping[str, date]
) -> dict[str, StepDate]:
    """Return the due days by step id, in order; milestones and what was behind at the start not.

    Args:
        steps: Of a plan with the same answers; their own dates do not matter.
        plan: The dated plan.
        done: Real day by step id.
    """
    planned = {each.step.id: each for each in plan.steps}
    found: dict[str, StepDate] = {}
    for step in steps:
        step_id = step.planned.step.id
        if step.planned.step.clock == "none" or (step.is_done and step_id not in done):
            continue
        due = planned[step_id].due
        is_unknown = step.planned.step.is_open_ended and step_id not in done
        found[step_id] = StepDate(
            step.planned.step.name, None if is_unknown else due.on, due.provisional
        )
    return found


def may_be_left_out(step: PlanStep) -> bool:
    """Tell whether the law leaves a step to the applicant, or nobody has said if it is needed."""
    return step.is_optional or bool(step.undecided)


def is_open(steps: Iterable[PlanStep], done: Mapping[str, date]) -> bool:
    """Tell whether a step that has to be done is still to be done."""
    return any(
        not (step.is_done or may_be_left_out(step) or step.planned.step.clock == "none")
        and step.planned.step.id not in done
        for step in steps
    )


def moves(
    before: Mapping[str, StepDate],
    after: Mapping[str, StepDate],
    done: Mapping[str, date],
    days: DayIndex,
) -> tuple[Moved, ...]:
    """Return the open steps whose due day differs, in the order of the plan, new ones included."""
    return tuple(_moves(before, after, done, days))


def _moves(
    before: Mapping[str, StepDate],
    after: Mapping[str, StepDate],
    done: Mapping[str, date],
    days: DayIndex,
) -> Iterator[Moved]:
    for step_id, new in after.items():
        old = before.get(step_id)
        if step_id in done or (old is not None and old.due == new.due):
            continue
        was = old.due if old is not None else None
        yield Moved(step_id, new.name, was, new.due, shift(was, new.due, days))
    for step_id, old in before.items():
        if step_id not in after and step_id not in done:
            yield Moved(step_id, old.name, old.due, None, 0)


def shift(before: date | None, after: date | None, days: DayIndex) -> int:
    """Return how many working days later `after` is, negative when earlier, 0 without both."""
    if before is None or after is None:
        return 0
    if after >= before:
        return days.working_days_between(before, after).days
    return -days.working_days_between(after, before).days


def next_reminder(life: PlanLife, reader: PlanReader, since: date) -> date | None:
    """Return the first day from `since` on, on which a reminder may be due; None without any."""
    if reader.remind_days is None or reader.is_muted or not life.is_open:
        return None
    ahead = timedelta(days=reader.remind_days)
    found = [
        day
        for step_id, each in life.dates.items()
        if each.due is not None and step_id not in life.done
        for day in (each.due - ahead, each.due)
        if day >= since
    ]
    return min(found, default=None)
