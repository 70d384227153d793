"""Opening a case and moving it on: what the departments' side does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import cases as domain
from bot.domain.cases import (
    CASE_STATE_LABELS,
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
    CaseStep,
    Limit,
    NewCase,
)
from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.facts import Duration
from bot.domain.identity import compact
from bot.domain.matters import Matter
from bot.domain.publicity import publicity_limit
from bot.planner.calendar import whole_days
from bot.services.operating.numbers import NumberKind, hold_numbers, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork

APPLICANT = "applicant"
"""Actor of what the applicant does."""

DEFAULT_STEPS = (
    CaseState.RECEIVED,
    CaseState.ACCEPTED,
    CaseState.UNDER_REVIEW,
    CaseState.COMPLETED,
)
"""Steps of a matter that has no steps of its own; named by the labels of the states."""


class UnknownCase(BotError):
    """Staff asked for a case that does not exist."""


class CaseChanged(BotError):
    """Somebody else moved the case first; look at it again."""


class MissingPapersNotNamed(BotError):
    """A rectification must say once and for all what is missing.

    Source: 行政许可法 第三十二条.
    """


def open_case(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    matter_id: str,
    applicant_name: str,
    phone: str,
    credential: str,
    district_id: str,
    now: datetime,
    catalogue: Catalogue,
    steps: Sequence[CaseStep] = (),
    department_phone: str | None = None,
    is_demo: bool = False,
) -> Case:
    """Receive an application; the same origin again returns the first case.

    Args:
        unit_of_work: Opens the transaction.
        origin: Idempotency key.
        matter_id: What is applied for; its department and limits are taken from the catalogue.
        applicant_name: Company or person.
        phone: Digits of the telephone.
        credential: Credit code or identity number.
        district_id: Division or functional zone.
        now: Aware UTC.
        catalogue: Knows the matter.
        steps: The way of this case; without it the usual four steps.
        department_phone: Of the desk that has the case, if the department gave one.
        is_demo: Made-up data.

    Raises:
        UnknownMatter: The catalogue does not have the matter.
        UnknownDistrict: The catalogue does not have the district.
    """
    with unit_of_work() as uow:
        return open_case_in(
            uow,
            origin=origin,
            matter_id=matter_id,
            applicant_name=applicant_name,
            phone=phone,
            credential=credential,
            district_id=district_id,
            now=now,
            catalogue=catalogue,
            steps=steps,
            department_phone=department_phone,
            is_demo=is_demo,
        )


def open_case_in(
    uow: UnitOfWork,
    *,
    origin: str,
    matter_id: str,
    applicant_name: str,
    phone: str,
    credential: str,
    district_id: str,
    now: datetime,
    catalogue: Catalogue,
    steps: Sequence[CaseStep] = (),
    department_phone: str | None = None,
    is_demo: bool = False,
) -> Case:
    """Receive an application in an open transaction; as `open_case`."""
    matter = catalogue.matter(matter_id)
    catalogue.district(district_id)
    usual = (CaseStep(CASE_STATE_LABELS[s], s, matter.department_id) for s in DEFAULT_STEPS)
    hold_numbers(uow, NumberKind.CASE, now)
    known = uow.cases.by_origin(origin)
    if known:
        return known
    number = next_number(uow, NumberKind.CASE, now)
    promised, statutory = limits_of(matter)
    case = NewCase(
        number=number,
        matter_id=matter.id,
        matter_name=matter.name,
        applicant_name=applicant_name,
        phone=compact(phone),
        credential=compact(credential),
        district_id=district_id,
        department_id=matter.department_id,
        steps=domain.enter(tuple(steps) or tuple(usual), CaseState.RECEIVED, now),
        promised=promised,
        statutory=statutory,
        opened_at=now,
        origin=origin,
        department_phone=department_phone,
        is_demo=is_demo,
    )
    case_id = uow.cases.add(case)
    event = CaseEvent(now, APPLICANT, CaseEventKind.OPENED, None, CaseState.RECEIVED)
    uow.cases.append(case_id, event)
    return _get(uow, number)


def advance_case(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    to: CaseState,
    actor: str,
    now: datetime,
    reason: str = "",
    missing: Sequence[str] = (),
) -> Case:
    """Move a case to another state; followers hear of it.

    Args:
        unit_of_work: Opens the transaction.
        number: The case.
        to: The next state.
        actor: Who does it ("agent:3", a department's id).
        now: Aware UTC.
        reason: In Chinese, for the applicant.
        missing: Papers to hand in; needed for a rectification, forgotten on any other move.

    Raises:
        UnknownCase: No such case.
        CaseMoveRefused: The table of transitions does not have this move.
        MissingPapersNotNamed: A rectification without papers.
        CaseChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        return advance_case_in(
            uow, number=number, to=to, actor=actor, now=now, reason=reason, missing=missing
        )


def advance_case_in(
    uow: UnitOfWork,
    *,
    number: str,
    to: CaseState,
    actor: str,
    now: datetime,
    reason: str = "",
    missing: Sequence[str] = (),
) -> Case:
    """Move a case to another state in an open transaction; as `advance_case`."""
    case = _get(uow, number)
    domain.check_case_move(case.state, to)
    if to is CaseState.RECTIFICATION and not missing:
        raise MissingPapersNotNamed
    if not uow.cases.move(case.id, case.state, to):
        raise CaseChanged
    uow.cases.set_missing(case.id, missing if to is CaseState.RECTIFICATION else ())
    uow.cases.set_steps(case.id, domain.enter(case.steps, to, now))
    event = CaseEvent(now, actor, CaseEventKind.MOVED, case.state, to, reason)
    uow.cases.append(case.id, event)
    return _get(uow, number)


def finish_case_step(
    unit_of_work: OpenUnitOfWork, *, number: str, actor: str, now: datetime, reason: str = ""
) -> Case:
    """Finish the current step and begin the next one of the same state.

    Raises:
        UnknownCase: No such case.
        CaseChanged: No step of this state is left; the case has to be moved instead.
    """
    with unit_of_work() as uow:
        return finish_case_step_in(uow, number=number, actor=actor, now=now, reason=reason)


def finish_case_step_in(
    uow: UnitOfWork, *, number: str, actor: str, now: datetime, reason: str = ""
) -> Case:
    """Finish the current step in an open transaction; as `finish_case_step`."""
    seen = _get(uow, number)
    # locks the row, so that two who finish the same step do not finish two
    if not uow.cases.move(seen.id, seen.state, seen.state):
        raise CaseChanged
    case = _get(uow, number)
    steps = domain.finish_step(case.steps, now)
    if steps is None:
        raise CaseChanged
    uow.cases.set_steps(case.id, steps)
    event = CaseEvent(now, actor, CaseEventKind.STEP_FINISHED, reason=reason)
    uow.cases.append(case.id, event)
    return replace(case, steps=steps, events=(*case.events, event))


def _get(uow: UnitOfWork, number: str) -> Case:
    case = uow.cases.by_number(number)
    if case is None:
        raise UnknownCase(number)
    return case


def limits_of(matter: Matter) -> tuple[Limit | None, Limit | None]:
    """Return the promised and the statutory limit that a case takes over from the catalogue.

    Where one of them covers the publicity, the clock of the case goes on meanwhile, for both.
    """
    covers = publicity_limit(matter) is not None
    promised, statutory = (_limit(one) for one in (matter.promised, matter.statutory))
    return (
        replace(promised, covers_publicity=covers) if promised else None,
        replace(statutory, covers_publicity=covers) if statutory else None,
    )


def _limit(duration: Duration) -> Limit | None:
    # days converted from calendar days must not be used to call a department late
    if duration.working_days is None or duration.is_estimate:
        return None
    provenance = duration.provenance
    return Limit(whole_days(duration.working_days), provenance.source, provenance.verified)
