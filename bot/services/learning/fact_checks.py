"""Looking facts of the catalogue up again: what is still to do, and noting what was found.

The catalogue's files stay the truth that applicants read. A check that found no change takes a fact
off the list for the usual time; one that found a change keeps it on top until its file is newer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.fact_checks import MAX_NOTE_LENGTH, BadCheck, CheckResult, FactCheck, FactKey
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.learning.stale_facts import StaleFact, stale_facts
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day

EVER = -100_000
"""Facts checked more than so many days ago: all of them."""


@dataclass(frozen=True)
class WorkList:
    """What is to be looked at.

    Attributes:
        changed: Facts that somebody found changed and whose file is not newer yet.
        stale: Facts that nobody has looked at for too long, the oldest first.
    """

    changed: tuple[tuple[StaleFact, FactCheck], ...]
    stale: tuple[StaleFact, ...]


def key_of(fact: StaleFact) -> FactKey:
    """Return which fact it is."""
    return FactKey(fact.kind, fact.entry_id, fact.fact, fact.detail)


def work_list(
    unit_of_work: OpenUnitOfWork, catalogue: Catalogue, *, now: datetime, days: int
) -> WorkList:
    """Return what is to be looked at; `days` is how old a check may be."""
    today = local_day(now)
    facts = stale_facts(catalogue, today, EVER)
    oldest = min((one.provenance.checked_on for one in facts), default=today)
    with unit_of_work() as unit:
        made = unit.fact_checks.since(now - timedelta(days=(today - oldest).days + 1))
    latest = {check.key: check for check in made}
    changed = []
    for fact in facts:
        check = latest.get(key_of(fact))
        is_open = check is not None and fact.provenance.checked_on <= local_day(check.at)
        if check is not None and is_open and check.result is CheckResult.CHANGED:
            changed.append((fact, check))
    waiting = {key_of(fact) for fact, _ in changed}
    stale = (
        fact
        for fact in stale_facts(catalogue, today, days)
        if key_of(fact) not in waiting and not _is_fresh(latest.get(key_of(fact)), today, days)
    )
    return WorkList(tuple(changed), tuple(stale))


def note_check(
    unit_of_work: OpenUnitOfWork,
    catalogue: Catalogue,
    *,
    agent: Agent,
    key: FactKey,
    result: CheckResult,
    note: str,
    now: datetime,
) -> None:
    """Write down what somebody found at the source.

    Raises:
        NotAllowed: This role does not check facts.
        BadCheck: The catalogue has no such fact, or a change comes without a word about it.
    """
    if not agent.may(Permission.CHECK_FACTS):
        raise NotAllowed
    said = " ".join(note.split())[:MAX_NOTE_LENGTH]
    known = {key_of(fact) for fact in stale_facts(catalogue, local_day(now), EVER)}
    if key not in known or (result is CheckResult.CHANGED and not said):
        raise BadCheck
    with unit_of_work() as unit:
        unit.fact_checks.add(FactCheck(key, result, said, now, f"agent:{agent.id}"))
        subject = f"{key.kind}:{key.entry_id}"
        detail = f"{result.value} {key.fact} {key.detail}".strip()
        unit.people.add_audit(AuditEntry(now, agent.id, "fact_checked", subject, detail))


def _is_fresh(check: FactCheck | None, today: date, days: int) -> bool:
    return check is not None and (today - local_day(check.at)).days <= days
