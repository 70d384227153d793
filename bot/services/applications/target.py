"""What is applied for: one matter, a policy, or the opening of a business as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.cases import CASE_STATE_LABELS, CaseState, CaseStep
from bot.domain.catalogue import Catalogue
from bot.domain.errors import UnknownMatter
from bot.domain.matters import Matter
from bot.domain.single_form import FormUse
from bot.services.plans.opening import EMPLOYER_MATTERS, ONE_STOP

OPENING = "opening"
"""Target id of the opening as a whole; any other is the id of a matter."""

PROJECT_CATEGORY = "construction"


@dataclass(frozen=True)
class Target:
    """What is applied for.

    Attributes:
        id: `OPENING` or a matter id.
        matter: The matter that the case is of.
        parts: The matters whose papers are needed; the matter itself unless it joins others.
        use: Which single form.
        steps: The way of the case; empty for the usual one.
    """

    id: str
    matter: Matter
    parts: tuple[Matter, ...]
    use: FormUse
    steps: tuple[CaseStep, ...]

    @property
    def matter_ids(self) -> tuple[str, ...]:
        """Return the ids of all matters that it stands for."""
        return tuple(dict.fromkeys((self.matter.id, *(part.id for part in self.parts))))


def is_target(target_id: str, catalogue: Catalogue) -> bool:
    """Tell whether something can be applied for under this id."""
    known = target_id in catalogue.matters or target_id in catalogue.claims
    return target_id == OPENING or known


def target_of(target_id: str, values: Mapping[str, str], catalogue: Catalogue) -> Target:
    """Return what is applied for.

    Args:
        target_id: `OPENING` or a matter id.
        values: Of the single form: the enterprise type and whether somebody is employed decide
            which matters an opening joins.
        catalogue: Knows the matters.

    Raises:
        UnknownMatter: The catalogue does not have it.
    """
    if target_id in {OPENING, ONE_STOP}:
        return _opening(values, catalogue)
    matter = catalogue.matter(target_id)
    return Target(matter.id, matter, (matter,), form_use(matter, catalogue), ())


def form_use(matter: Matter, catalogue: Catalogue) -> FormUse:
    """Return which single form a matter takes."""
    if matter.id in catalogue.claims:
        return FormUse.POLICY
    registrations = {kind.matter_id for kind in catalogue.enterprise_types.values()}
    if matter.id in registrations or matter.id == ONE_STOP:
        return FormUse.START_BUSINESS
    return FormUse.PROJECT if matter.category == PROJECT_CATEGORY else FormUse.MATTER


def _opening(values: Mapping[str, str], catalogue: Catalogue) -> Target:
    one_stop = catalogue.matters.get(ONE_STOP)
    if one_stop is None:
        raise UnknownMatter(ONE_STOP)
    kinds = catalogue.enterprise_types
    kind = kinds.get(values.get("enterprise_type", ""), next(iter(kinds.values())))
    registrations = {one.matter_id for one in kinds.values()}
    employs = values.get("hires_staff") != "no"
    follow = [
        catalogue.matter(matter_id)
        for matter_id in one_stop.depends_on
        if matter_id not in registrations and (employs or matter_id not in EMPLOYER_MATTERS)
    ]
    parts = (catalogue.matter(kind.matter_id), *follow)
    return Target(OPENING, one_stop, parts, FormUse.START_BUSINESS, _steps(one_stop, parts))


def _steps(matter: Matter, parts: tuple[Matter, ...]) -> tuple[CaseStep, ...]:
    def usual(state: CaseState) -> CaseStep:
        return CaseStep(CASE_STATE_LABELS[state], state, matter.department_id)

    work = (CaseStep(part.name, CaseState.UNDER_REVIEW, part.department_id) for part in parts)
    return (
        usual(CaseState.RECEIVED),
        usual(CaseState.ACCEPTED),
        *work,
        usual(CaseState.COMPLETED),
    )
