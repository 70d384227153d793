"""The documents of a whole plan: each one once, by who provides it, with the steps it is for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.matters import Material
from bot.domain.plan_snapshot import MaterialMark
from bot.services.plans.paper_kinds import PaperKinds, Part
from bot.services.plans.snapshot import AnyPlan
from bot.services.plans.steps import MaterialSplit, PlanStep

STRICTEST = (
    MaterialMark.BRING,
    MaterialMark.LATER,
    MaterialMark.COMMIT,
    MaterialMark.IF_IT_APPLIES,
    MaterialMark.HELD,
)
"""A document is shown under the strictest of what its steps ask for."""


@dataclass(frozen=True)
class Use:
    """A step that asks for the document, and how."""

    step_id: str
    step: str
    mark: MaterialMark
    material: Material


@dataclass(frozen=True)
class Paper:
    """One document of a plan.

    Attributes:
        key: Stable across versions of the plan.
        name: As shown.
        provider_id: Group by who provides it.
        words: What people call it beside its names.
        uses: The steps it is for, in the order of the plan, at least one.
        made_by: Step of this plan whose result it is, id and name; None when there is none.
    """

    key: str
    name: str
    provider_id: str
    words: tuple[str, ...]
    uses: tuple[Use, ...] = field(repr=False)
    made_by: tuple[str, str] | None = None

    @property
    def mark(self) -> MaterialMark:
        """Return the strictest mark of its steps."""
        marks = {use.mark for use in self.uses}
        return next(mark for mark in STRICTEST if mark in marks)

    @property
    def form(self) -> str:
        """Return original, copy and the like, as the first strictest step words it."""
        return next(use.material.form for use in self.uses if use.mark is self.mark)

    @property
    def copies(self) -> int:
        """Return the copies for all steps that want to have it handed in."""
        wanted = [u.material.copies for u in self.uses if u.mark is not MaterialMark.HELD]
        return sum(wanted) or 1

    @property
    def is_verified(self) -> bool:
        """Tell whether every line about it was found at its source."""
        return all(use.material.provenance.verified for use in self.uses)

    @property
    def is_to_bring(self) -> bool:
        """Tell whether the applicant has to see to it: neither held by the state nor made here."""
        return self.mark is not MaterialMark.HELD and self.made_by is None


@dataclass(frozen=True)
class PlanPapers:
    """The documents of a plan, in the order in which its steps ask for them.

    Attributes:
        n_lines: Lines on the lists of all steps; what the same documents would be one by one.
    """

    papers: tuple[Paper, ...]
    n_lines: int

    def paper(self, key: str) -> Paper | None:
        """Return one document, None when the plan has none of this key."""
        return next((paper for paper in self.papers if paper.key == key), None)

    def to_bring(self) -> tuple[Paper, ...]:
        """Return what the applicant has to see to."""
        return tuple(paper for paper in self.papers if paper.is_to_bring)


def papers_of(plan: AnyPlan, kinds: PaperKinds) -> PlanPapers:
    """Put the documents of all steps together; O(lines)."""
    parts: dict[str, Part] = {}
    uses: dict[str, list[Use]] = {}
    n_lines = 0
    for step in plan.steps:
        if step.matter is None:
            continue
        for mark, material in _marked(step.materials):
            n_lines += 1
            for part in kinds.parts(material.name, step.matter.id, step.matter.name):
                parts.setdefault(part.key, part)
                found = uses.setdefault(part.key, [])
                if all(use.step_id != step.planned.step.id for use in found):
                    found.append(Use(step.planned.step.id, step.planned.step.name, mark, material))
    return PlanPapers(
        tuple(_paper(part, tuple(uses[key]), plan, kinds) for key, part in parts.items()), n_lines
    )


def _paper(part: Part, uses: tuple[Use, ...], plan: AnyPlan, kinds: PaperKinds) -> Paper:
    made_by = part.kind.made_by if part.kind else ()
    maker = next((s for s in plan.steps if s.matter and s.matter.id in made_by), None)
    if maker is not None and any(use.step_id == maker.planned.step.id for use in uses):
        maker = None  # what a step asks for, it does not make
    own = next((use for use in uses if use.mark is not MaterialMark.HELD), uses[0])
    return Paper(
        key=part.key,
        name=part.name,
        provider_id=kinds.provider(own.material.provided_by).id,
        words=part.kind.words if part.kind else (),
        uses=uses,
        made_by=_named(maker),
    )


def _named(step: PlanStep | None) -> tuple[str, str] | None:
    return None if step is None else (step.planned.step.id, step.planned.step.name)


def _marked(split: MaterialSplit) -> Iterator[tuple[MaterialMark, Material]]:
    for mark in MaterialMark:
        yield from ((mark, material) for material in getattr(split, mark.value))


def has_paper(paper: Paper, ticks: Mapping[str, bool], done: Mapping[str, object]) -> bool:
    """Tell whether a document is at hand: ticked, or made by a step that is done."""
    is_made = paper.made_by is not None and paper.made_by[0] in done
    return ticks.get(paper.key, is_made)
