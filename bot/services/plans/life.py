"""Following a saved plan: marking steps with real days, taking marks back, naming, ticking papers.

Every change is one transaction that moves the version of the plan on; of two changes in the same
moment the second is worked out again on what the first one left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from bot.domain.plan_errors import UnknownPlanStep
from bot.domain.plan_life import MAX_NAME, PlanEventKind, PlanLife
from bot.services.plans.changes import Marked, change_dates, change_plan
from bot.services.plans.life_ports import PlanEvent
from bot.services.plans.marks import check_marks, check_unmark, with_predecessors
from bot.services.plans.recipe import PlanComposer
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day

Outcome = TypeVar("Outcome")

TRIES = 5
"""So often a change is worked out anew when somebody else was faster."""


def mark_steps(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    plan_id: int,
    conversation_id: str,
    step_ids: Sequence[str],
    done_on: date,
    origin: str,
    now: datetime,
    with_before: bool = False,
    again: bool = False,
) -> Marked:
    """Note the real day on which steps were finished, and move what follows.

    Args:
        unit_of_work: Opens the transaction.
        composer: Composes the plan anew.
        plan_id: The plan; the conversation must be one of its readers.
        conversation_id: Who says so.
        step_ids: The steps, at least one.
        done_on: Real local day.
        origin: Key of the message; the same one again changes nothing.
        now: Aware UTC.
        with_before: Also mark every open step they wait for, with the same day.
        again: Put the day in the place of one that was noted before.

    Raises:
        UnknownPlan: There is none, or the conversation may not see it.
        UnknownPlanStep: The plan has no such step.
        StepInFuture: The day is after today.
        StepDone: A step is marked already, and not `again`.
        StepTooEarly: A step it waits for is still open, or was finished later.
        StepNeeded: A later step was finished before the new day.
        NotLive: The plan cannot be composed any more.
        PlanChanged: Somebody else kept being faster.
    """

    def change(life: PlanLife) -> PlanLife:
        plan = composer.compose(life)
        wanted = with_predecessors(plan, life.done, step_ids) if with_before else tuple(step_ids)
        check_marks(plan, life, wanted, done_on, today=local_day(now), again=again)
        return replace(life, done={**life.done, **dict.fromkeys(wanted, done_on)})

    event = PlanEvent(plan_id, PlanEventKind.MARKED, ",".join(step_ids), done_on, origin)
    return change_dates(unit_of_work, composer, (conversation_id, now), event, change)


def unmark_step(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    plan_id: int,
    conversation_id: str,
    step_id: str,
    origin: str,
    now: datetime,
) -> Marked:
    """Take a mark back, and move what follows; see `mark_steps`.

    Raises:
        UnknownPlanStep: The step is not marked.
        StepNeeded: A later step rests on it; take that mark back first.
    """

    def change(life: PlanLife) -> PlanLife:
        if step_id not in life.done:
            raise UnknownPlanStep(step_id)
        check_unmark(composer.compose(life), life, step_id)
        return replace(life, done={k: day for k, day in life.done.items() if k != step_id})

    event = PlanEvent(plan_id, PlanEventKind.UNMARKED, step_id, None, origin)
    return change_dates(unit_of_work, composer, (conversation_id, now), event, change)


def tick_papers(
    unit_of_work: OpenUnitOfWork,
    *,
    plan_id: int,
    conversation_id: str,
    ticks: Mapping[str, bool],
    origin: str,
    now: datetime,
) -> PlanLife:
    """Note which documents are at hand and which are not, by key; returns the plan afterwards.

    Raises:
        UnknownPlan: There is none, or the conversation may not see it.
        PlanChanged: Somebody else kept being faster.
    """
    event = PlanEvent(plan_id, PlanEventKind.PAPERS, ",".join(ticks), None, origin)
    return change_plan(
        unit_of_work,
        (conversation_id, now),
        event,
        lambda life: replace(life, papers={**life.papers, **ticks}),
    )


def rename_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    plan_id: int,
    conversation_id: str,
    name: str,
    origin: str,
    now: datetime,
) -> PlanLife:
    """Give a plan a name of its owner's, cut to `MAX_NAME` characters; see `tick_papers`."""
    short = " ".join(name.split())[:MAX_NAME]
    event = PlanEvent(plan_id, PlanEventKind.RENAMED, short, None, origin)
    who = (conversation_id, now)
    return change_plan(unit_of_work, who, event, lambda life: replace(life, name=short))


def keep_phone(
    unit_of_work: OpenUnitOfWork,
    *,
    plan_id: int,
    conversation_id: str,
    phone: str,
    origin: str,
    now: datetime,
) -> PlanLife:
    """Keep the last four digits of a telephone, to open the plan with; see `tick_papers`."""
    event = PlanEvent(plan_id, PlanEventKind.OPENED, "phone", None, origin)
    who = (conversation_id, now)
    return change_plan(unit_of_work, who, event, lambda life: replace(life, phone_tail=phone[-4:]))
