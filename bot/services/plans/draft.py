"""Steps before they are dated, and what is known about them beside their time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Provenance
from bot.domain.matters import Matter
from bot.planner.graph import Step
from bot.planner.plan import Plan
from bot.services.plans.steps import MaterialSplit, PlanStep, split_materials


@dataclass(frozen=True)
class Draft:
    """A step of a plan that has no dates yet; the attributes are those of `PlanStep`."""

    step: Step
    duration: Provenance
    undecided: tuple[str, ...] = ()
    is_optional: bool = False
    is_done: bool = False

    def waiting_for(self, *step_ids: str) -> "Draft":
        """Return the same draft, waiting for more steps."""
        more = tuple(i for i in step_ids if i not in self.step.depends_on)
        return replace(self, step=replace(self.step, depends_on=(*self.step.depends_on, *more)))


def matter_draft(
    matter: Matter, catalogue: Catalogue, depends_on: tuple[str, ...] = (), *, note: str = ""
) -> Draft:
    """Return a matter as a step that takes as long as its departments promise.

    A promise without a length in working days is planned with the statutory length.
    """
    limit = matter.promised if matter.promised.working_days is not None else matter.statutory
    step = Step(
        id=matter.id,
        name=matter.name,
        matter_id=matter.id,
        working_days=limit.working_days or 0,
        depends_on=depends_on,
        responsible=catalogue.department_of(matter.id).name,
        stage=matter.category,
        note=note or None,
    )
    return Draft(step, limit.provenance)


def planned_steps(
    drafts: Iterable[Draft], plan: Plan, catalogue: Catalogue
) -> tuple[PlanStep, ...]:
    """Join the dated steps with what applicants need to know, in the order of the plan.

    Steps that are not needed are left out; steps that are done stay, marked.
    """
    by_id = {draft.step.id: draft for draft in drafts}
    found = []
    for planned in plan.steps:
        draft, step = by_id[planned.step.id], planned.step
        if step.is_skipped and not draft.is_done:
            continue
        matter = catalogue.matter(step.matter_id) if step.matter_id else None
        found.append(
            PlanStep(
                planned=planned,
                matter=matter,
                department=step.responsible,
                duration=draft.duration,
                materials=split_materials(matter.materials) if matter else MaterialSplit(),
                undecided=draft.undecided,
                is_optional=draft.is_optional,
                is_done=draft.is_done,
                note=step.note or "",
            )
        )
    return tuple(found)
