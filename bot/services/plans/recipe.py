"""What a saved plan is composed from, so that it can be composed anew on another day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import msgspec

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.plan_errors import NotLive
from bot.domain.plan_snapshot import PlanSnapshot
from bot.domain.plans import PlanKind
from bot.planner.actuals import with_actuals
from bot.planner.calendar import ONE_DAY, WorkingCalendar
from bot.planner.day_index import DayIndex
from bot.planner.plan import Plan
from bot.services.plans.life_events import LifeEventAnswers, LifeEvents
from bot.services.plans.project import PlanProject, ProjectAnswers, ProjectPlan
from bot.services.plans.snapshot import AnyPlan, freeze
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.services.plans.steps import PlanStep
from bot.services.plans.what_ifs import WhatIf, what_ifs

RULES_VERSION = "1"
"""Part of the fingerprint; count it up when the code composes or dates plans differently."""

DAYS_BEFORE, DAYS_AFTER = 400 * ONE_DAY, 900 * ONE_DAY
"""Span of the table of days around the day it is made; other days are walked."""

MOST_BASES = 2_000
"""Composed plans kept at a time; each takes some ten kilobytes."""

AnyAnswers = StartAnswers | ProjectAnswers | LifeEventAnswers

SECTIONS: Mapping[PlanKind, type[AnyAnswers]] = {
    PlanKind.START_BUSINESS: StartAnswers,
    PlanKind.PROJECT: ProjectAnswers,
    PlanKind.LIFE_EVENT: LifeEventAnswers,
}
"""The answers of each kind of plan that can live."""


class Dated(Protocol):
    """What is needed to date a plan: a `PlanLife`, or the values for a new one."""

    @property
    def kind(self) -> PlanKind:
        """Which journey made it."""

    @property
    def recipe(self) -> Mapping[str, Any]:
        """The packed answers."""

    @property
    def start_on(self) -> date:
        """Day 0."""

    @property
    def done(self) -> Mapping[str, date]:
        """Real day by step id."""


@dataclass(frozen=True)
class Recipe:
    """The values of a plan that has no life yet."""

    kind: PlanKind
    recipe: Mapping[str, Any]
    start_on: date
    done: Mapping[str, date]


def pack(answers: AnyAnswers, start_on: date) -> Recipe:
    """Return a journey's answers in the form in which they are kept."""
    kind = next(kind for kind, made in SECTIONS.items() if isinstance(answers, made))
    recipe: dict[str, Any] = msgspec.to_builtins(answers)
    return Recipe(kind, recipe, start_on, {})


class PlanComposer:
    """Composes kept plans; holds the bases of those seen last, which have no dates of their own.

    Attributes:
        catalogue: What the plans are made of.
        days: The calendar as a table.
        fingerprint: Changes whenever a plan could come out differently.
    """

    def __init__(
        self,
        start_business: StartBusiness,
        plan_project: PlanProject,
        life_events: LifeEvents,
        catalogue: Catalogue,
        calendar: WorkingCalendar,
        *,
        fingerprint: str,
        today: date,
    ) -> None:
        self._start_business, self._plan_project = start_business, plan_project
        self._life_events = life_events
        self.catalogue = catalogue
        self.days = DayIndex(calendar, today - DAYS_BEFORE, today + DAYS_AFTER)
        self.fingerprint = fingerprint
        self._bases: dict[bytes, AnyPlan] = {}
        self._what_ifs: dict[bytes, tuple[WhatIf, ...]] = {}

    def compose(self, dated: Dated, today: date | None = None) -> AnyPlan:
        """Return the plan with what is done; with `today`, open steps do not end before it.

        Raises:
            NotLive: The answers no longer fit the catalogue.
        """
        made = self._compose(dated, dated.start_on)
        real = with_actuals(made.plan, dated.done, self.days, today=today)
        by_id = {planned.step.id: planned for planned in real.steps}

        def fresh(step: PlanStep) -> PlanStep:
            step_id = step.planned.step.id
            is_done = step.is_done or step_id in dated.done
            return replace(step, planned=by_id[step_id], is_done=is_done)

        if isinstance(made, ProjectPlan):
            stages = tuple(
                replace(stage, steps=tuple(fresh(step) for step in stage.steps))
                for stage in made.stages
            )
            return replace(made, plan=real, stages=stages)
        return replace(made, plan=real, steps=tuple(fresh(step) for step in made.steps))

    def dated(self, dated: Dated) -> tuple[AnyPlan, Plan]:
        """Return a base with the same steps, and the plan with its dates: the fast way.

        Raises:
            NotLive: The answers no longer fit the catalogue.
        """
        key = msgspec.json.encode([dated.kind.value, dated.recipe], order="deterministic")
        base = self._bases.get(key)
        if base is None:
            if len(self._bases) >= MOST_BASES:
                self._bases.clear()
            base = self._bases[key] = self._compose(dated, dated.start_on)
        return base, with_actuals(base.plan, dated.done, self.days, start_on=dated.start_on)

    def snapshot(self, plan: AnyPlan, recipe: Mapping[str, Any] | None = None) -> PlanSnapshot:
        """Return a plan as its page shows it, with what other answers would change.

        Args:
            plan: As composed.
            recipe: The packed answers behind it; without them no other answer is looked at.
        """
        is_project = isinstance(plan, ProjectPlan)
        others = self._others(recipe) if recipe is not None and is_project else ()
        return freeze(plan, self.catalogue, others)

    def _others(self, recipe: Mapping[str, Any]) -> tuple[WhatIf, ...]:
        """Return what other answers would change; without dates, so that they are kept."""
        key = msgspec.json.encode(recipe, order="deterministic")
        found = self._what_ifs.get(key)
        if found is None:
            if len(self._what_ifs) >= MOST_BASES:
                self._what_ifs.clear()
            answers = msgspec.convert(recipe, ProjectAnswers)
            found = what_ifs(self._plan_project, self.catalogue, answers)
            self._what_ifs[key] = found
        return found

    def _compose(self, dated: Dated, start_on: date) -> AnyPlan:
        try:
            answers = msgspec.convert(dated.recipe, SECTIONS[dated.kind])
            if isinstance(answers, StartAnswers):
                return self._start_business.compose(answers, start_on)
            if isinstance(answers, LifeEventAnswers):
                return self._life_events.compose(answers, start_on)
            made = self._plan_project.compose(answers, start_on)
        except (BotError, KeyError, msgspec.ValidationError) as error:
            raise NotLive(repr(error)) from error
        if made is None:
            raise NotLive("the project type is open")
        return made
