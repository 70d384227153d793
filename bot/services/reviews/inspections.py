"""Samples and findings of reform supervisors and third parties, and answering them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.inspections import (
    BadFinding,
    Finding,
    FindingAnswered,
    NothingToSample,
    Sample,
    SampledCase,
    SampleWish,
    UnknownSample,
    check_words,
    draw,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.planner.calendar import WorkingCalendar
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import at_local, local_day

SHOWN = 100


@dataclass(frozen=True)
class InspectionDesk:
    """Somebody at the desk of inspections, at one moment."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    calendar: WorkingCalendar
    catalogue: Catalogue


@dataclass(frozen=True)
class InspectionPage:
    """Samples and findings.

    Attributes:
        names: Names of staff, by id.
    """

    samples: Sequence[Sample]
    findings: Sequence[Finding]
    names: Mapping[int, str]


def read_inspections(desk: InspectionDesk) -> InspectionPage:
    """Return samples and findings, the newest and the most urgent first."""
    with desk.unit_of_work() as unit:
        names = {one.id: one.name for one in unit.people.agents()}
        samples = unit.inspections.samples(SHOWN)
        return InspectionPage(samples, unit.inspections.findings(SHOWN), names)


def draw_sample(desk: InspectionDesk, wish: SampleWish) -> int:
    """Draw a sample of closed cases; returns its id. Days, size, seed and numbers are kept.

    Raises:
        NotAllowed: This role draws none.
        BadSample: It cannot be drawn.
        NothingToSample: No case was closed on these days.
    """
    if not desk.agent.may(Permission.INSPECT):
        raise NotAllowed
    wish.check()
    start = at_local(wish.first, time())
    end = at_local(wish.last + timedelta(days=1), time())
    with desk.unit_of_work() as unit:
        ids = unit.inspections.closed_ids(start, end)
        if not ids:
            raise NothingToSample
        sample_id = unit.inspections.add_sample(
            wish, draw(ids, wish), population=len(ids), agent_id=desk.agent.id, now=desk.now
        )
        entry = AuditEntry(desk.now, desk.agent.id, "sample_drawn", str(sample_id))
        unit.people.add_audit(entry)
    return sample_id


def read_sample(desk: InspectionDesk, sample_id: int) -> tuple[Sample, Sequence[SampledCase]]:
    """Return a sample with its cases; raises `UnknownSample`."""
    with desk.unit_of_work() as unit:
        found = unit.inspections.sample(sample_id)
        if found is None:
            raise UnknownSample(str(sample_id))
        return found, unit.inspections.cases(sample_id)


def report_finding(
    desk: InspectionDesk, *, text: str, sample_id: int | None = None, position: int | None = None
) -> int:
    """Write a finding; it is a task from then on. Returns its id.

    Raises:
        NotAllowed: This role reports none.
        BadFinding: Too short, too long, or about a case that is not in the sample.
    """
    if not desk.agent.may(Permission.INSPECT):
        raise NotAllowed
    kept = check_words(text)
    with desk.unit_of_work() as unit:
        if sample_id is not None:
            known = {one.position for one in unit.inspections.cases(sample_id)}
            if position not in known:
                raise BadFinding
        finding_id = unit.inspections.add_finding(
            sample_id=sample_id,
            position=position,
            text=kept,
            due_on=_due(desk),
            agent_id=desk.agent.id,
            now=desk.now,
        )
        entry = AuditEntry(desk.now, desk.agent.id, "finding_reported", str(finding_id))
        unit.people.add_audit(entry)
    return finding_id


def answer_finding(desk: InspectionDesk, finding_id: int, *, text: str) -> None:
    """Write what was done about a finding.

    Raises:
        NotAllowed: This role answers none.
        BadFinding: The answer is too short or too long.
        FindingAnswered: There is no such finding, or somebody was faster.
    """
    if not desk.agent.may(Permission.ANSWER_FINDINGS):
        raise NotAllowed
    kept = check_words(text)
    with desk.unit_of_work() as unit:
        if not unit.inspections.answer(finding_id, text=kept, agent_id=desk.agent.id, now=desk.now):
            raise FindingAnswered
        entry = AuditEntry(desk.now, desk.agent.id, "finding_answered", str(finding_id))
        unit.people.add_audit(entry)


def _due(desk: InspectionDesk) -> date:
    """Return the day by which a finding is answered: as for a complaint."""
    days = desk.catalogue.service_rules.suggestions.working_days
    return desk.calendar.add_working_days(local_day(desk.now), days).on
