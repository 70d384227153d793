"""Reads contradictions.yml."""

from collections.abc import Iterator

from bot.domain.contradictions import Contradiction
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_contradictions(file: Entry, findings: Findings) -> Iterator[Contradiction]:
    """Yield the answers about a project that exclude each other."""
    defaults = Defaults().of(file)
    for entry in file.entries("contradictions", required=True):
        contradiction = Contradiction(
            id=entry.text("id"),
            when=entry.condition("when"),
            rule=entry.text("rule"),
            provenance=read_provenance(entry, defaults),
        )
        entry.close()
        if findings.register("contradiction", contradiction.id, entry.place):
            yield contradiction
    file.close()
