"""The land-to-construction journey: the project type, what still matters, and the dated plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.contradictions import PROJECT_TYPE, Contradiction, found_in
from bot.domain.projects import Clock, FlowNode, ProjectStage, ProjectType
from bot.planner.calendar import WorkingCalendar
from bot.planner.graph import Step, StepGraph
from bot.planner.plan import FULL, MAIN, Plan, Promise, PromiseCheck, Totals, build_plan, totals_of
from bot.services.plans.draft import Draft, planned_steps
from bot.services.plans.project_types import (
    CHOICES,
    SMALL_LOW_RISK,
    choose_type,
    choosing_questions,
    is_told_small,
    sizes_before,
)
from bot.services.plans.steps import (
    NextQuestion,
    PlanStep,
    asked,
    is_excluded,
    open_questions,
)

HAS_LAND = "has_land"
"""The journey's own question: is the land already obtained?"""


@dataclass(frozen=True)
class ProjectAnswers:
    """What the applicant has said so far.

    Attributes:
        project_type_id: Chosen type; None lets `choices` decide.
        choices: Answers to the choosing questions, by name.
        facts: Answers to the catalogue's questions, by question id.
        has_land: The land is already obtained, so nothing up to it takes time any more.
        own_days: Working days the applicant plans for own work (design, building), by step id.
        skipped: Names the applicant does not want to be asked again.
    """

    project_type_id: str | None = None
    choices: Mapping[str, Answer] = field(default_factory=dict)
    facts: Mapping[str, Answer] = field(default_factory=dict)
    has_land: bool | None = None
    own_days: Mapping[str, float] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StagePlan:
    """The steps of one of the four stages, each after all it waits for."""

    stage: ProjectStage
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True)
class ProjectPlan:
    """A personal plan for a construction project.

    Attributes:
        project_type: The kind of project.
        plan: The dated plan.
        stages: Its steps by stage, without those that are not needed.
        checks: The official limits this plan is held against, the tightest first; for
            拿地即开工 the first is the promise of 15 working days with its due date.
        assumed: Answers taken from the usual case, because the applicant gave none.
        own_work: Names of the applicant's own steps that are counted as 0 days, by step id; ask
            for their length and pass it as `own_days`.
    """

    project_type: ProjectType
    plan: Plan
    stages: tuple[StagePlan, ...]
    checks: tuple[PromiseCheck, ...]
    assumed: Mapping[str, Answer]
    own_work: Mapping[str, str]

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """All steps, stage by stage."""
        return tuple(step for stage in self.stages for step in stage.steps)


class PlanProject:
    """The use case; pure over the catalogue and the calendar it is given."""

    def __init__(self, catalogue: Catalogue, calendar: WorkingCalendar) -> None:
        """Keep what the plans are made of."""
        self._catalogue = catalogue
        self._calendar = calendar

    def type_of(self, answers: ProjectAnswers) -> ProjectType | None:
        """Return the project type, None while the answers leave it open.

        Raises:
            UnknownProjectType: The answers name a type that is not in the catalogue.
        """
        type_id = answers.project_type_id or choose_type(self.settled(answers))
        return None if type_id is None else self._catalogue.project_type(type_id)

    def contradictions(self, answers: ProjectAnswers) -> tuple[Contradiction, ...]:
        """Return the rules that the answers given so far break together; empty when none."""
        return found_in(self._catalogue.contradictions, all_said(answers))

    def questions(self, answers: ProjectAnswers) -> tuple[NextQuestion, ...]:
        """Return the questions that still matter, in the order to ask them; empty when done.

        Ask the first and call again: an answer may make later ones needless. While the type is
        open only the next choosing question is returned, then those on which a step or a length
        of this type hangs. Skipped questions take the usual answer.

        Raises:
            UnknownEntry: The answers name something that is not in the catalogue.
        """
        kind = self.type_of(answers)
        if kind is None:
            found = list(self._choosing(answers))
        else:
            found = [asked(self._catalogue, i) for i in self._deciding(kind, answers)]
            if answers.has_land is None and land_step(kind) is not None:
                found.insert(0, NextQuestion(HAS_LAND))
        return tuple(q for q in found if q.id not in answers.skipped)

    def compose(self, answers: ProjectAnswers, start_on: date) -> ProjectPlan | None:
        """Return the dated plan, None while the project type is open.

        Args:
            answers: What is known; the type's usual answers fill the gaps.
            start_on: Day 0 (local date).

        Raises:
            UnknownEntry: The answers name something that is not in the catalogue.
            BadCondition: An answer has the wrong type (a text where a number is compared).
            NegativeWorkingDays: `own_days` holds a number below zero.
        """
        kind = self.type_of(answers)
        if kind is None:
            return None
        drafts = self._drafts(kind, answers)
        plan = build_plan([draft.step for draft in drafts], start_on, self._calendar)
        steps = planned_steps(drafts, plan, self._catalogue)
        stages = tuple(
            StagePlan(stage, tuple(s for s in steps if s.planned.step.stage == stage.id))
            for stage in self._catalogue.stages.values()
        )
        return ProjectPlan(
            project_type=kind,
            plan=plan,
            stages=tuple(stage for stage in stages if stage.steps),
            checks=tuple(plan.check(promise) for promise in self._promises(kind)),
            assumed={
                name: kind.default_scenario[name]
                for name in sorted(names_used(kind))
                if name not in answers.facts and name in kind.default_scenario
            },
            own_work={p.step.id: p.step.name for p in plan.active() if p.step.is_open_ended},
        )

    def totals(self, answers: ProjectAnswers, until: str | None = None) -> Totals | None:
        """Return the totals of `compose` without dates, several times faster; None as there.

        Args:
            answers: As for `compose`.
            until: Step up to which is counted; None counts the whole plan.

        Raises:
            UnknownStep: The type has no such step.
            UnknownEntry, BadCondition, NegativeWorkingDays: As for `compose`.
        """
        kind = self.type_of(answers)
        if kind is None:
            return None
        graph = StepGraph(tuple(draft.step for draft in self._drafts(kind, answers)))
        if until is not None:
            counted = {*graph.ancestors(until), until}
            graph = StepGraph(tuple(step for step in graph.steps if step.id in counted))
        return totals_of(graph)

    def _drafts(self, kind: ProjectType, answers: ProjectAnswers) -> list[Draft]:
        """Return the steps of a type; the usual answers fill the gaps."""
        facts = {**kind.default_scenario, **answers.facts}
        drafts = [self._draft(node, facts, answers.own_days) for node in kind.nodes]
        return _with_land(drafts, kind) if answers.has_land else drafts

    def settled(self, answers: ProjectAnswers) -> Mapping[str, Answer]:
        """Return the choices, and whether size and danger decide on the small low-risk class."""
        choices = answers.choices
        if SMALL_LOW_RISK in choices:
            return choices
        is_out = bool(self.not_small(answers))
        if not is_out and is_told_small(answers.facts):
            return {**choices, SMALL_LOW_RISK: True}
        is_out |= SMALL_LOW_RISK in answers.skipped
        return {**choices, SMALL_LOW_RISK: False} if is_out else choices

    def not_small(self, answers: ProjectAnswers) -> tuple[Contradiction, ...]:
        """Return the rules of the small low-risk class that the answers break."""
        supposed = {**all_said(answers), SMALL_LOW_RISK: True}
        hits = found_in(self._catalogue.contradictions, supposed)
        return tuple(hit for hit in hits if SMALL_LOW_RISK in hit.questions)

    def _choosing(self, answers: ProjectAnswers) -> Iterator[NextQuestion]:
        """Yield the next question that chooses the type, after the sizes that may spare it."""
        for name in choosing_questions(self.settled(answers))[:1]:
            known = answers.facts.keys() | answers.skipped
            if name == SMALL_LOW_RISK:
                for size in sizes_before(answers.facts, known):
                    yield asked(self._catalogue, size)
            yield NextQuestion(name, options=CHOICES[name])

    def _deciding(self, kind: ProjectType, answers: ProjectAnswers) -> tuple[str, ...]:
        """Return the catalogue's questions on which this type still hangs, in its order."""
        facts = dict(answers.facts)
        needed: set[str] = set()
        for node in kind.nodes:
            needed |= open_questions((node.when,), facts)
            if not is_excluded(node.when, facts):
                needed |= open_questions((a.when for a in node.alternatives), facts)
        return tuple(i for i in self._catalogue.questions if i in needed)

    def _draft(
        self, node: FlowNode, facts: Mapping[str, Answer], own_days: Mapping[str, float]
    ) -> Draft:
        matter = self._catalogue.matter(node.matter_id) if node.matter_id else None
        own = own_days.get(node.id)
        is_own = node.clock is Clock.APPLICANT and not node.is_milestone
        department = self._catalogue.department_of(matter.id).name if matter else ""
        step = Step(
            id=node.id,
            name=node.name or (matter.name if matter else node.id),
            matter_id=node.matter_id,
            working_days=_length(node, facts) if own is None else own,
            depends_on=node.depends_on,
            clock=node.clock.value,
            counts_in=frozenset(scope.value for scope in node.counts_in),
            responsible=department,
            stage=node.stage_id,
            note=node.note or None,
            is_skipped=is_excluded(node.when, facts),
            is_open_ended=is_own and own is None and node.working_days == 0,
        )
        return Draft(step, node.provenance)

    def _promises(self, kind: ProjectType) -> tuple[Promise, ...]:
        """Return the official limits of a type, the tightest first.

        A limit with a scope of its own (拿地即开工: from the land on) starts its clock when the
        land is obtained; the others count from the start of the plan.
        """
        limits, land = kind.official, land_step(kind)
        starts_after = land.id if limits.scope and land else None
        source = limits.provenance.source
        found = []
        if limits.main_working_days is not None:
            limit = limits.main_working_days
            found.append(Promise(limit, limits.scope, source, MAIN, starts_after))
        if limits.full_working_days is not None:
            limit = limits.full_working_days
            found.append(Promise(limit, limits.scope, source, FULL, starts_after))
        if limits.scope:
            found = found[-1:]
        if limits.national_working_days is not None:
            limit = limits.national_working_days
            published = (o for o in self._catalogue.official_limits if o.working_days == limit)
            national = next(published, None)
            scope = national.scope if national else ""
            source = national.provenance.source if national else source
            found.append(Promise(limit, scope, source, FULL))
        return tuple(sorted(found, key=lambda promise: promise.limit_working_days))


def all_said(answers: ProjectAnswers) -> dict[str, Answer]:
    """Return every answer by question, the named type and the land among them."""
    named = {PROJECT_TYPE: answers.project_type_id} if answers.project_type_id else {}
    land = {} if answers.has_land is None else {HAS_LAND: answers.has_land}
    return {**answers.facts, **answers.choices, **land, **named}


def _length(node: FlowNode, facts: Mapping[str, Answer]) -> float:
    """Return the node's length; the first alternative whose condition is met replaces it."""
    for alternative in node.alternatives:
        if not is_excluded(alternative.when, facts) and not open_questions(
            (alternative.when,), facts
        ):
            return alternative.working_days
    return node.working_days


def names_used(kind: ProjectType) -> frozenset[str]:
    """Return the ids of the questions on which a step or a length of this type hangs."""
    conditions = [node.when for node in kind.nodes]
    conditions += [a.when for node in kind.nodes for a in node.alternatives]
    return open_questions(conditions, {})


def land_step(kind: ProjectType) -> FlowNode | None:
    """Return the step that ends with the land obtained, None for types without one."""
    return next((node for node in kind.nodes if node.clock is Clock.TRANSACTION), None)


def _with_land(drafts: list[Draft], kind: ProjectType) -> list[Draft]:
    """Mark the land's acquisition and all before it as done: it takes no time any more."""
    land = land_step(kind)
    if land is None:
        return drafts
    done = StepGraph(tuple(draft.step for draft in drafts)).ancestors(land.id) | {land.id}
    return [
        replace(draft, step=replace(draft.step, is_skipped=True), is_done=not draft.step.is_skipped)
        if draft.step.id in done
        else draft
        for draft in drafts
    ]
