"""Freezing a matter at once; every process sees it with the next question, nothing is cached."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.freezes import MAX_REASON_LENGTH, BadFreeze, Freeze, MatterFrozen, NotFrozen
from bot.domain.people import AuditEntry
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

OPERATOR = "operator"
"""Who freezes from the command line."""


def frozen_matters(unit_of_work: OpenUnitOfWork, *, now: datetime) -> Mapping[str, Freeze]:
    """Return the matters that are frozen on the local day of `now`, by id."""
    with unit_of_work() as uow:
        return frozen_in(uow, now)


def frozen_in(uow: UnitOfWork, now: datetime) -> Mapping[str, Freeze]:
    """Return the frozen matters in an open transaction; of several freezes the latest."""
    today = local_day(now)
    return {one.matter_id: one for one in reversed(uow.freezes.standing()) if one.holds(today)}


def refuse_frozen(uow: UnitOfWork, matter_ids: Iterable[str], now: datetime) -> None:
    """Stop when one of the matters is frozen.

    Raises:
        MatterFrozen: The first of them.
    """
    frozen = frozen_in(uow, now)
    for matter_id in matter_ids:
        if matter_id in frozen:
            raise MatterFrozen(frozen[matter_id])


def freeze_matter(
    unit_of_work: OpenUnitOfWork,
    *,
    matter_id: str,
    reason: str,
    until: date | None,
    by: str,
    agent_id: int | None,
    now: datetime,
    catalogue: Catalogue,
) -> Freeze:
    """Freeze a matter; a standing freeze of it is replaced.

    Args:
        unit_of_work: Opens the transaction.
        matter_id: Which one.
        reason: Shown to applicants, in Chinese.
        until: Last local day; None until it is lifted.
        by: "agent:3" or `OPERATOR`.
        agent_id: The member of staff, for the audit trail; None for the command line.
        now: Aware UTC.
        catalogue: Knows the matter.

    Raises:
        UnknownMatter: The catalogue does not have the matter.
        BadFreeze: No reason, one that is too long, or a last day that has passed.
    """
    catalogue.matter(matter_id)
    said = " ".join(reason.split())
    if not said or len(said) > MAX_REASON_LENGTH or (until and until < local_day(now)):
        raise BadFreeze
    freeze = Freeze(0, matter_id, said, until, now, by)
    with unit_of_work() as uow:
        uow.freezes.lift(matter_id, by=by, now=now)
        uow.freezes.add(freeze)
        uow.people.add_audit(AuditEntry(now, agent_id, "matter_frozen", matter_id))
    return freeze


def unfreeze_matter(
    unit_of_work: OpenUnitOfWork, *, matter_id: str, by: str, agent_id: int | None, now: datetime
) -> None:
    """Lift the freeze of a matter.

    Raises:
        NotFrozen: There is none; one that has run out is lifted all the same.
    """
    with unit_of_work() as uow:
        if not uow.freezes.lift(matter_id, by=by, now=now):
            raise NotFrozen(matter_id)
        uow.people.add_audit(AuditEntry(now, agent_id, "matter_unfrozen", matter_id))
