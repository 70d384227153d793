"""Reads matters/<category>.yml."""

from collections.abc import Iterator

from bot.domain.matters import ConditionalDependency, Material, Matter
from bot.store.catalogue.facts import (
    Defaults,
    read_citations,
    read_cited_provenance,
    read_duration,
    read_faqs,
    read_fee,
    read_provenance,
)
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_matters(file: Entry, findings: Findings) -> Iterator[Matter]:
    """Yield the matters of one category's file."""
    defaults = Defaults().of(file)
    category = file.text("category")
    for entry in file.entries("matters", required=True):
        matter = _read_matter(entry, category, defaults.of(entry))
        if findings.register("matter", matter.id, entry.place):
            yield matter
    file.close()


def _read_matter(entry: Entry, category: str, defaults: Defaults) -> Matter:
    limits = entry.entry("time_limits")
    sources, provenance = read_cited_provenance(entry, defaults)
    matter = Matter(
        id=entry.text("id"),
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        category=category,
        stage=entry.text("stage"),
        kind=entry.text("kind"),
        department_id=entry.text("department_id"),
        assisting_department_ids=entry.texts("assisting_department_ids"),
        department=entry.text("department"),
        applicants=entry.texts("applicants", required=True),
        channels=entry.texts("channels", required=True),
        statutory=read_duration(limits.entry("statutory"), defaults),
        promised=read_duration(limits.entry("promised"), defaults),
        fee=read_fee(entry.entry("fee"), defaults),
        materials=tuple(_read_materials(entry, defaults)),
        result=entry.text("result"),
        conditions=entry.texts("conditions"),
        legal_basis=read_citations(entry, "legal_basis", required=True),
        depends_on=entry.texts("depends_on"),
        depends_on_any=entry.groups("depends_on_any"),
        depends_on_if=tuple(_read_conditional(entry)),
        parallel_with=entry.texts("parallel_with"),
        faqs=read_faqs(entry, defaults),
        industry_codes=entry.texts("industry_codes"),
        validity=entry.text("validity", ""),
        notes=entry.texts("notes"),
        sources=sources,
        provenance=provenance,
    )
    limits.close()
    entry.close()
    return matter


def _read_materials(entry: Entry, defaults: Defaults) -> Iterator[Material]:
    for item in entry.entries("materials", required=True):
        copies = item.number("copies", 1)
        if copies < 1 or copies != int(copies):
            item.fault("'copies' is a whole number from 1", "copies")
        yield Material(
            name=item.text("name"),
            form=item.text("form"),
            copies=int(copies),
            provided_by=item.text("provided_by"),
            required=item.flag("required"),
            conditional=item.flag("conditional", default=False),
            deferrable=item.flag("deferrable", default=False),
            commitment_ok=item.flag("commitment_ok", default=False),
            shared_no_submit=item.flag("shared_no_submit", default=False),
            provenance=read_provenance(item, defaults),
        )
        item.close()


def _read_conditional(entry: Entry) -> Iterator[ConditionalDependency]:
    for item in entry.entries("depends_on_if"):
        yield ConditionalDependency(item.text("matter"), item.text("when"))
        item.close()
