"""What a change of the catalogue does: which facts differ, and which plans come out differently.

The reference plans are one for each one-thing bundle, with its usual answers, and one for each
project type, with its usual scenario; both are composed from the old and the new catalogue.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.planner.calendar import WorkingCalendar
from bot.planner.plan import Totals
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.services.plans.steps import PlanStep

KINDS = (
    "matters",
    "one_things",
    "project_types",
    "policies",
    "questions",
    "departments",
    "districts",
    "enterprise_types",
    "industries",
    "stages",
)
"""Mappings of the catalogue that are compared entry by entry."""

LONGEST_VALUE = 60


@dataclass(frozen=True)
class Change:
    """One difference: where, and the old and new value as text; "" on the side where it is not."""

    place: str
    old: str
    new: str


@dataclass(frozen=True)
class ReferencePlan:
    """A plan as far as a comparison needs it.

    Attributes:
        total_days: Working days: main line, whole process, elapsed.
        steps: Step id to what it is: name, days, what it waits for.
        papers: Names of the documents of all steps.
    """

    total_days: tuple[float, float, float]
    steps: Mapping[str, str]
    papers: frozenset[str]


@dataclass(frozen=True)
class PlanChange:
    """How one reference plan differs.

    Attributes:
        name: Of the bundle or project type.
        old_days: Working days of main line, whole process, elapsed; None when it is new.
        new_days: As above; None when it is gone.
        lines: What came, went and changed.
    """

    name: str
    old_days: tuple[float, float, float] | None
    new_days: tuple[float, float, float] | None
    lines: tuple[str, ...]


def changed_facts(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Return every fact that differs, entry by entry, in the order of the catalogue."""
    found: list[Change] = []
    for kind in KINDS:
        before, after = getattr(old, kind), getattr(new, kind)
        for entry_id in dict.fromkeys([*before, *after]):
            place = f"{kind}/{entry_id}"
            found += _differences(place, before.get(entry_id), after.get(entry_id))
    found += _differences("service_rules", old.service_rules, new.service_rules)
    found += _differences("official_limits", old.official_limits, new.official_limits)
    return tuple(found)


def changed_plans(
    old: Catalogue, new: Catalogue, calendar: WorkingCalendar, start_on: date
) -> tuple[PlanChange, ...]:
    """Return the reference plans that come out differently."""
    before = reference_plans(old, calendar, start_on)
    after = reference_plans(new, calendar, start_on)
    changes = []
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one != other:
            changes.append(_plan_change(name, one, other))
    return tuple(changes)


def reference_plans(
    catalogue: Catalogue, calendar: WorkingCalendar, start_on: date
) -> dict[str, ReferencePlan]:
    """Return the reference plans by name; one that cannot be composed is left out."""
    plans: dict[str, ReferencePlan] = {}
    start, projects = StartBusiness(catalogue, calendar), PlanProject(catalogue, calendar)
    for bundle in catalogue.one_things.values():
        answers = StartAnswers(one_thing_id=bundle.id, facts=dict(bundle.typical.answers))
        try:
            composed = start.compose(answers, start_on)
        except BotError:
            continue
        plans[bundle.name] = _reference(composed.plan.totals, composed.steps)
    for kind in catalogue.project_types.values():
        wanted = ProjectAnswers(project_type_id=kind.id, facts=dict(kind.default_scenario))
        try:
            project = projects.compose(wanted, start_on)
        except BotError:
            continue
        if project is not None:
            plans[kind.name] = _reference(project.plan.totals, project.steps)
    return plans


def _reference(totals: Totals, steps: Sequence[PlanStep]) -> ReferencePlan:
    shown = {}
    papers: set[str] = set()
    for one in steps:
        step = one.planned.step
        after = f"，先有 {'、'.join(step.depends_on)}" if step.depends_on else ""
        shown[step.id] = f"{step.name}（{step.working_days:g} 个工作日{after}）"
        if one.matter is not None:
            papers.update(material.name for material in one.matter.materials)
    days = (totals.main, totals.full, totals.elapsed)
    return ReferencePlan(days, shown, frozenset(papers))


def _plan_change(name: str, old: ReferencePlan | None, new: ReferencePlan | None) -> PlanChange:
    if old is None or new is None:
        here = old or new
        assert here is not None
        days = here.total_days
        return PlanChange(name, days if old else None, days if new else None, ())
    lines = [f"- {old.steps[one]}" for one in old.steps if one not in new.steps]
    lines += [f"+ {new.steps[one]}" for one in new.steps if one not in old.steps]
    lines += [
        f"~ {old.steps[one]} → {new.steps[one]}"
        for one in old.steps
        if one in new.steps and old.steps[one] != new.steps[one]
    ]
    lines += [f"- 材料 {paper}" for paper in sorted(old.papers - new.papers)]
    lines += [f"+ 材料 {paper}" for paper in sorted(new.papers - old.papers)]
    return PlanChange(name, old.total_days, new.total_days, tuple(lines))


def _differences(place: str, old: object, new: object) -> Iterator[Change]:
    """Yield the differences of two values, as deep as they have parts with names."""
    if old == new:
        return
    if old is None or new is None:
        yield Change(place, _short(old), _short(new))
    elif is_dataclass(old) and type(old) is type(new):
        for part in fields(old):
            before, after = getattr(old, part.name), getattr(new, part.name)
            yield from _differences(f"{place}.{part.name}", before, after)
    elif isinstance(old, tuple) and isinstance(new, tuple) and _are_named(old + new):
        before, after = ({_name(one): one for one in side} for side in (old, new))
        if list(before) == list(after) and len(before) < len(old):
            yield Change(place, _short(old), _short(new))
        for name in dict.fromkeys([*before, *after]):
            yield from _differences(f"{place}[{name}]", before.get(name), after.get(name))
    else:
        yield Change(place, _short(old), _short(new))


def _are_named(values: tuple[object, ...]) -> bool:
    return all(is_dataclass(one) and _name(one) for one in values)


def _name(value: object) -> str:
    for key in ("name", "question", "id", "text"):
        found = getattr(value, key, None)
        if isinstance(found, str) and found:
            return found
    return ""


def _short(value: object) -> str:
    if value is None:
        return ""
    name = _name(value) if is_dataclass(value) else ""
    text = name or str(getattr(value, "value", value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
