"""How a plan is changed: worked out on what is there, written if nobody was faster, else again."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from bot.domain.errors import BotError
from bot.domain.plan_errors import PlanChanged
from bot.domain.plan_life import Moved, PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.plans.due_days import dates_of, is_open, moves, next_reminder
from bot.services.plans.life_ports import PlanEvent
from bot.services.plans.recipe import PlanComposer
from bot.services.plans.snapshot import AnyPlan
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

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


def plain_snapshot(
    composer: PlanComposer, plan: AnyPlan, recipe: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the JSON-able snapshot of a plan and the answers behind it."""
    plain: dict[str, Any] = msgspec.to_builtins(composer.snapshot(plan, recipe))
    return plain


def change_dates(
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
        made = (changed, event.kind.value, plain_snapshot(composer, plan, changed.recipe))
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


def change_plan(
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
