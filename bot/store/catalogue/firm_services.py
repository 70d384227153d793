"""Reads firm_services.yml."""

from collections.abc import Iterator

from bot.domain.firm_services import FirmService, ServiceGroup
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_firm_services(file: Entry, findings: Findings) -> Iterator[ServiceGroup]:
    """Yield the groups of services in their order."""
    defaults = Defaults().of(file)
    for entry in file.entries("groups", required=True):
        group = ServiceGroup(
            id=entry.text("id"),
            title=entry.text("title"),
            from_plan=entry.flag("from_plan", default=False),
            matter_ids=entry.texts("matters"),
            policy_ids=entry.texts("policies"),
            entries=tuple(_read_service(one, defaults) for one in entry.entries("entries")),
            empty=entry.text("empty", ""),
        )
        has_facts = group.matter_ids or group.policy_ids or group.entries
        if not has_facts and not group.empty:
            entry.fault("a group without a service needs 'empty': what is said instead", "empty")
        entry.close()
        if findings.register("group of services", group.id, entry.place):
            yield group
    file.close()


def _read_service(entry: Entry, defaults: Defaults) -> FirmService:
    service = FirmService(
        name=entry.text("name"),
        who=entry.text("who"),
        how=entry.text("how"),
        cost=entry.text("cost", ""),
        time=entry.text("time", ""),
        provenance=read_provenance(entry, defaults),
    )
    entry.close()
    return service
