"""Following a saved plan: marking steps with real days, taking marks back, naming, ticking papers.

Every change is one transaction that moves the version of the plan on; of two changes in the same
moment the second is worked out again on what the first one left.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from bot.domain.errors import BotError
from bot.domain.plan_life import (
    MAX_NAME,
    Moved,
    PlanChanged,
    PlanEventKind,
    PlanLife,
    UnknownPlanStep,
)
from bot.domain.plans import UnknownPlan
from bot.services.local_time import local_day
from bot.services.plan_dates import dates_of, is_open, moves, next_reminder
from bot.services.plan_life_ports import PlanEvent
from bot.services.plan_marks import check_marks, check_unmark, with_predecessors
from bot.services.plan_recipe import AnyPlan, PlanComposer
from bot.services.ports import OpenUnitOfWork, UnitOfWork

Outcome = TypeVar("Outcome")

TRIES = 5
"""So often a change is worked out anew when somebody else was faster."""


@dataclass(frozen=True)
class Marked:
    """What a mark has done.

    Attributes:
        life: The plan afterwards.
        steps: Names of the steps that are marked now, or no longer marked.
        moved: Open steps whose due day has changed by it.
        is_repeated: The same message was worked off before; nothing was written.
    """

    life: PlanLife
    steps: tuple[str, ...]
    moved: tuple[Moved, ...] = ()
    is_repeated: bool = False


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
    return _change(unit_of_work, composer, (conversation_id, now), event, change)


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
    return _change(unit_of_work, composer, (conversation_id, now), event, change)


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
    return _edit(
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
    return _edit(unit_of_work, who, event, lambda life: replace(life, name=short))


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
    return _edit(unit_of_work, who, event, lambda life: replace(life, phone_tail=phone[-4:]))


def with_dates(composer: PlanComposer, life: PlanLife) -> tuple[PlanLife, AnyPlan]:
    """Return the plan with dates and fingerprint of today's rules, and as composed by them.

    Raises:
        NotLive: The answers no longer fit the catalogue.
    """
    plan = composer.compose(life)
    changed = replace(
        life,
        dates=dates_of(plan.steps, plan.plan, life.done),
        is_open=is_open(plan.steps, life.done),
        fingerprint=composer.fingerprint,
    )
    return changed, plan


def plain_snapshot(composer: PlanComposer, plan: AnyPlan) -> dict[str, Any]:
    """Return the JSON-able snapshot of a plan."""
    plain: dict[str, Any] = msgspec.to_builtins(composer.snapshot(plan))
    return plain


def _change(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    who: tuple[str, datetime],
    event: PlanEvent,
    change: Callable[[PlanLife], PlanLife],
) -> Marked:
    """Change what is done, date the plan anew, keep the version, and set the reminders."""
    conversation_id, now = who

    def work(uow: UnitOfWork) -> Marked:
        seen = _readable(uow, event.plan_id, conversation_id)
        if not uow.plan_lives.log(event, now):
            names = [seen.dates[i].name for i in event.subject.split(",") if i in seen.dates]
            return Marked(seen, tuple(names), is_repeated=True)
        changed, plan = with_dates(composer, change(seen))
        changed = replace(changed, version=seen.version + 1)
        if not uow.plan_lives.save(seen, changed, now):
            raise _Stale
        made = (changed, event.kind.value, plain_snapshot(composer, plan))
        uow.plan_lives.add_versions([made], now)
        renew_reminders(uow, changed, local_day(now))
        touched = [i for i in changed.dates if seen.done.get(i) != changed.done.get(i)]
        moved = moves(seen.dates, changed.dates, changed.done, composer.days)
        back = {*seen.done} - {*changed.done}  # an open step is no move of its own
        return Marked(
            changed,
            tuple(changed.dates[i].name for i in touched),
            tuple(each for each in moved if each.step_id not in back),
        )

    return _retrying(unit_of_work, work)


def _edit(
    unit_of_work: OpenUnitOfWork,
    who: tuple[str, datetime],
    event: PlanEvent,
    change: Callable[[PlanLife], PlanLife],
) -> PlanLife:
    """Change something that moves no date."""
    conversation_id, now = who

    def work(uow: UnitOfWork) -> PlanLife:
        seen = _readable(uow, event.plan_id, conversation_id)
        if not uow.plan_lives.log(event, now):
            return seen
        changed = replace(change(seen), version=seen.version + 1)
        if not uow.plan_lives.save(seen, changed, now):
            raise _Stale
        return changed

    return _retrying(unit_of_work, work)


class _Stale(BotError):
    """Somebody else was faster: rolls the transaction back."""


def _retrying(unit_of_work: OpenUnitOfWork, work: Callable[[UnitOfWork], Outcome]) -> Outcome:
    for _ in range(TRIES):
        with suppress(_Stale), unit_of_work() as uow:
            return work(uow)
    raise PlanChanged


def _readable(uow: UnitOfWork, plan_id: int, conversation_id: str) -> PlanLife:
    life = uow.plan_lives.of_plan(plan_id)
    if life is None or uow.plan_readers.reader(plan_id, conversation_id) is None:
        raise UnknownPlan
    return life


def renew_reminders(uow: UnitOfWork, life: PlanLife, since: date) -> None:
    """Work out anew when the readers of a plan are to be reminded."""
    for reader in uow.plan_readers.readers([life.plan_id]):
        remind_on = next_reminder(life, reader, since)
        if remind_on != reader.remind_on:
            uow.plan_readers.set_reminders(replace(reader, remind_on=remind_on))
