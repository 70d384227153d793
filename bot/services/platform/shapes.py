"""What the platform tells of a case, in the shapes of the register."""

from collections.abc import Iterable, Iterator

from bot.domain.cases import CaseSource, CaseState, CaseStep, Limit, NewCase
from bot.domain.catalogue import Catalogue
from bot.domain.publicity import publicity_limit
from bot.services.cases.desk import limits_of
from bot.services.platform.ports import PlatformCase, PlatformStep

PLATFORM = "platform"
"""Actor of what the platform tells."""

LIMIT_SOURCE = "审批平台"


def new_case(told: PlatformCase, catalogue: Catalogue) -> NewCase:
    """Return a case of the platform as the register writes it, without steps and history."""
    named = (one.id for one in catalogue.matters.values() if one.name == told.matter_name)
    found = told.matter if told.matter in catalogue.matters else next(named, None)
    matter = catalogue.matters[found] if found else None
    ours = limits_of(matter) if matter else (None, None)
    covers = matter is not None and publicity_limit(matter) is not None
    has_own = told.promised is not None or told.statutory is not None
    theirs = (_limit(told.promised, covers=covers), _limit(told.statutory, covers=covers))
    promised, statutory = theirs if has_own else ours
    return NewCase(
        number=told.number,
        matter_id=matter.id if matter else told.matter,
        matter_name=told.matter_name,
        applicant_name=told.applicant_name,
        # the platform keeps them, and the platform says whether a proof fits
        phone="",
        credential="",
        district_id=told.district_id,
        department_id=department_id(catalogue, told.department),
        steps=(),
        promised=promised,
        statutory=statutory,
        opened_at=told.entries[0].at,
        origin=f"{PLATFORM}:{told.number}",
        is_demo=told.is_demo,
        source=CaseSource.PLATFORM,
    )


def case_steps(catalogue: Catalogue, steps: Iterable[PlatformStep]) -> Iterator[CaseStep]:
    """Yield the steps of a case with the departments of the catalogue."""
    for step in steps:
        yield CaseStep(
            step.name,
            CaseState.UNDER_REVIEW,
            department_id(catalogue, step.department),
            step.started_at,
            step.finished_at,
        )


def department_id(catalogue: Catalogue, named: str) -> str:
    """Return the id of a department by its id, name or alias; of an unknown one the name."""
    for one in catalogue.departments.values():
        if named in {one.id, one.name, *one.aliases}:
            return one.id
    return named


def _limit(days: int | None, *, covers: bool) -> Limit | None:
    return (
        None if days is None else Limit(days, LIMIT_SOURCE, verified=True, covers_publicity=covers)
    )
