"""Reads name_rules.yml."""

from collections.abc import Iterator

from bot.domain.company_names import NameRule, NameTest
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_name_rules(file: Entry, findings: Findings) -> Iterator[NameRule]:
    """Yield the rules for names of businesses."""
    defaults = Defaults().of(file)
    for entry in file.entries("name_rules", required=True):
        key = "check" if entry.has("check") else "place"
        rule = NameRule(
            id=entry.text("id"),
            test=entry.choice(key, NameTest),
            words=entry.texts("words"),
            says=entry.text("says"),
            provenance=read_provenance(entry, defaults),
        )
        if rule.test not in {NameTest.LETTERS, NameTest.SHORT} and not rule.words:
            entry.fault(f"the rule {rule.id!r} needs 'words'")
        entry.close()
        if findings.register("name rule", rule.id, entry.place):
            yield rule
    file.close()
