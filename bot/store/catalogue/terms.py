"""Reads terms.yml, and checks what its entries name."""

from collections.abc import Iterator

from bot.domain.catalogue import Catalogue
from bot.domain.terms import Apart, Term
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_terms(file: Entry, findings: Findings) -> Iterator[Term]:
    """Yield the terms in their order."""
    defaults = Defaults().of(file)
    for entry in file.entries("terms", required=True):
        term = Term(
            id=entry.text("id"),
            name=entry.text("name"),
            aliases=entry.texts("aliases"),
            text=entry.text("text"),
            provenance=read_provenance(entry, defaults),
            matter_ids=entry.texts("matters"),
            policy_ids=entry.texts("policies"),
            apart=tuple(_read_apart(one) for one in entry.entries("apart")),
        )
        entry.close()
        if findings.register("term", term.id, entry.place):
            yield term
    file.close()


def _read_apart(entry: Entry) -> Apart:
    apart = Apart(entry.text("term"), entry.text("text"))
    entry.close()
    return apart


def check_terms(catalogue: Catalogue, findings: Findings) -> None:
    """Report unknown matters, policies and terms, and differences that stand twice."""
    known = catalogue.terms
    for term in known.values():
        place = findings.place_of("term", term.id)
        for matter_id in term.matter_ids:
            if matter_id not in catalogue.matters:
                findings.report(place, f"there is no matter {matter_id!r}")
        for policy_id in term.policy_ids:
            if policy_id not in catalogue.policies:
                findings.report(place, f"there is no policy {policy_id!r}")
        for one in term.apart:
            if one.term_id not in known or one.term_id == term.id:
                findings.report(place, f"there is no other term {one.term_id!r}")
            elif known[one.term_id].difference_to(term) is not None:
                findings.report(place, f"the difference to {one.term_id!r} stands twice")
