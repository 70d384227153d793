"""Services beside money: who, how, cost, time, source of each; what is not known is said so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.matter_text import source_line, spoken_duration
from bot.domain.catalogue import Catalogue
from bot.domain.firm_services import FirmService, ServiceGroup
from bot.domain.matters import Matter
from bot.domain.policies import Policy

NOT_ENTERED = "未录入，请向窗口核实"


@dataclass(frozen=True)
class ServiceRow:
    """One service as people read it; every part is filled."""

    name: str
    who: str
    how: str
    cost: str
    time: str
    source: str


@dataclass(frozen=True)
class ServiceSection:
    """Services under one heading; `note` says what nobody has entered yet, "" for nothing."""

    id: str
    title: str
    rows: tuple[ServiceRow, ...]
    note: str


def service_sections(catalogue: Catalogue, matter_ids: Sequence[str]) -> tuple[ServiceSection, ...]:
    """Return all groups of services.

    Args:
        catalogue: Knows matters, policies and what the operator entered.
        matter_ids: Matters of the applicant's own plan that are not done.
    """
    return tuple(_section(group, catalogue, matter_ids) for group in catalogue.firm_services)


def _section(
    group: ServiceGroup, catalogue: Catalogue, matter_ids: Sequence[str]
) -> ServiceSection:
    rows = tuple(_rows(group, catalogue, matter_ids if group.from_plan else ()))
    is_lacking = not group.entries and not (group.from_plan and rows)
    return ServiceSection(group.id, group.title, rows, group.empty if is_lacking else "")


def _rows(
    group: ServiceGroup, catalogue: Catalogue, matter_ids: Sequence[str]
) -> Iterator[ServiceRow]:
    for matter_id in (*matter_ids, *group.matter_ids):
        if matter_id in catalogue.matters:  # a plan may be older than the catalogue
            yield _of_matter(catalogue.matters[matter_id])
    for policy_id in group.policy_ids:
        yield _of_policy(catalogue.policy(policy_id))
    for entry in group.entries:
        yield _of_entry(entry)


def _of_matter(matter: Matter) -> ServiceRow:
    promised = spoken_duration(matter.promised)
    return ServiceRow(
        name=matter.name,
        who=matter.department,
        how="；".join(matter.channels),
        cost=matter.fee.text or NOT_ENTERED,
        time=f"承诺 {promised}；法定 {spoken_duration(matter.statutory)}",
        source=source_line(matter.provenance),
    )


def _of_policy(policy: Policy) -> ServiceRow:
    return ServiceRow(
        name=policy.name,
        who="、".join(policy.departments),
        how=f"{policy.application.mode}：" + "；".join(policy.application.channels),
        cost=NOT_ENTERED,
        time=policy.application.time.strip("—") or NOT_ENTERED,
        source=source_line(policy.provenance),
    )


def _of_entry(entry: FirmService) -> ServiceRow:
    return ServiceRow(
        name=entry.name,
        who=entry.who,
        how=entry.how,
        cost=entry.cost or NOT_ENTERED,
        time=entry.time or NOT_ENTERED,
        source=source_line(entry.provenance),
    )
