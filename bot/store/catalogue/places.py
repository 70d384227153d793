"""Reads divisions, departments, enterprise types, industries and the list of sources."""

from collections.abc import Iterator

from bot.domain.catalogue import SourceDocument
from bot.domain.places import (
    City,
    Department,
    District,
    Division,
    EnterpriseType,
    FormReason,
    FormTrait,
    FunctionZone,
    Industry,
    ReasonKind,
    Town,
)
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_districts(file: Entry, findings: Findings) -> tuple[City, dict[str, District]]:
    """Read the city, its divisions and its functional zones."""
    defaults = Defaults().of(file)
    head = file.entry("city")
    city = City(head.text("code"), head.text("name"))
    head.close()
    districts: dict[str, District] = {}
    pairs: list[tuple[Entry, District]] = [*_read_divisions(file, defaults)]
    pairs += _read_zones(file, defaults)
    for entry, district in pairs:
        entry.close()
        if findings.register("district", district.id, entry.place):
            districts[district.id] = district
    file.close()
    return city, districts


def _read_divisions(file: Entry, defaults: Defaults) -> Iterator[tuple[Entry, Division]]:
    source = file.entry("divisions_source")
    provenance = read_provenance(source, defaults)
    source.close()
    for entry in file.entries("divisions", required=True):
        towns = []
        for town in entry.entries("towns", required=True):
            towns.append(Town(town.text("code"), town.text("name")))
            town.close()
        yield (
            entry,
            Division(
                id=entry.text("id"),
                name=entry.text("name"),
                aliases=entry.texts("aliases"),
                towns=tuple(towns),
                provenance=provenance,
            ),
        )


def _read_zones(file: Entry, defaults: Defaults) -> Iterator[tuple[Entry, FunctionZone]]:
    for entry in file.entries("function_zones"):
        yield (
            entry,
            FunctionZone(
                id=entry.text("id"),
                name=entry.text("name"),
                aliases=entry.texts("aliases"),
                town_codes=entry.texts("town_codes"),
                note=entry.text("note", ""),
                provenance=read_provenance(entry, defaults),
            ),
        )


def read_departments(file: Entry, findings: Findings) -> Iterator[Department]:
    """Yield the departments."""
    defaults = Defaults().of(file)
    for entry in file.entries("departments", required=True):
        department = Department(
            id=entry.text("id"),
            name=entry.text("name"),
            aliases=entry.texts("aliases"),
            remit=entry.text("remit"),
            provenance=read_provenance(entry, defaults),
        )
        entry.close()
        if findings.register("department", department.id, entry.place):
            yield department
    file.close()


def read_enterprise_types(file: Entry, findings: Findings) -> Iterator[EnterpriseType]:
    """Yield the enterprise types."""
    defaults = Defaults().of(file)
    for entry in file.entries("enterprise_types", required=True):
        enterprise_type = EnterpriseType(
            id=entry.text("id"),
            name=entry.text("name"),
            aliases=entry.texts("aliases"),
            matter_id=entry.text("matter"),
            answer=entry.text("answer"),
            provenance=read_provenance(entry, defaults),
            traits=tuple(_read_traits(entry, defaults)),
            reasons=tuple(_read_reasons(entry, defaults)),
        )
        entry.close()
        if findings.register("enterprise type", enterprise_type.id, entry.place):
            yield enterprise_type
    file.close()


def _read_traits(entry: Entry, defaults: Defaults) -> Iterator[FormTrait]:
    for item in entry.entries("traits"):
        yield FormTrait(item.text("aspect"), item.text("text"), read_provenance(item, defaults))
        item.close()


def _read_reasons(entry: Entry, defaults: Defaults) -> Iterator[FormReason]:
    for item in entry.entries("reasons"):
        yield FormReason(
            kind=item.choice("kind", ReasonKind),
            text=item.text("text"),
            when=item.optional_condition("when"),
            weight=item.number("weight", 1),
            provenance=read_provenance(item, defaults),
        )
        item.close()


def read_industries(file: Entry, findings: Findings) -> Iterator[Industry]:
    """Yield the industries."""
    defaults = Defaults().of(file)
    source = file.entry("industries_source")
    provenance = read_provenance(source, defaults)
    source.text("note", "")
    source.close()
    for entry in file.entries("industries", required=True):
        industry = Industry(
            code=entry.text("code"),
            name=entry.text("name"),
            aliases=entry.texts("aliases"),
            one_thing_id=entry.text("one_thing", "") or None,
            provenance=provenance,
        )
        entry.close()
        if findings.register("industry", industry.code, entry.place):
            yield industry
    file.close()


def read_sources(file: Entry, findings: Findings) -> Iterator[SourceDocument]:
    """Yield the documents that entries cite."""
    for entry in file.entries("sources", required=True):
        source = SourceDocument(entry.text("key"), entry.text("what"), entry.text("nature"))
        entry.close()
        if findings.register("source", source.key, entry.place):
            yield source
    file.close()
