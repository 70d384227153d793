"""Facts whose last check lies too far back, the oldest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Confidence, Provenance
from bot.domain.matters import Matter
from bot.domain.one_things import OneThing
from bot.domain.policies import Policy

STALE_AFTER_DAYS = 180
"""Calendar days after which a fact has to be looked at again, unless told otherwise."""


Fact = tuple[str, str, str, str, str, Provenance]
"""Kind, id and name of an entry, which of its facts in detail, and the origin of that."""


@dataclass(frozen=True)
class StaleFact:
    """A fact to look at again.

    Attributes:
        kind: matter, one_thing, project_type or policy.
        entry_id: Its entry.
        name: Of the entry.
        fact: Which one: whole, statutory, promised, fee, material, faq, limits, step.
        detail: Name of the material, question or step; "" for the others.
        days: Since the check.
    """

    kind: str
    entry_id: str
    name: str
    fact: str
    detail: str
    provenance: Provenance
    days: int

    @property
    def due_on(self) -> date:
        """Return the day on which the check was due by the usual rule."""
        return self.provenance.checked_on + timedelta(days=STALE_AFTER_DAYS)


def stale_facts(catalogue: Catalogue, today: date, days: int) -> tuple[StaleFact, ...]:
    """Return the facts checked more than `days` calendar days ago, oldest and least sure first."""
    found = [
        StaleFact(kind, entry_id, name, fact, detail, origin, (today - origin.checked_on).days)
        for kind, entry_id, name, fact, detail, origin in _facts(catalogue)
        if (today - origin.checked_on).days > days
    ]
    order = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}
    return tuple(
        sorted(found, key=lambda one: (-one.days, order[one.provenance.confidence], one.entry_id))
    )


def _facts(catalogue: Catalogue) -> Iterator[Fact]:
    for matter in catalogue.matters.values():
        for fact, detail, origin in _of_matter(matter):
            yield "matter", matter.id, matter.name, fact, detail, origin
    yield from _whole("one_thing", catalogue.one_things.values())
    for kind in catalogue.project_types.values():
        yield "project_type", kind.id, kind.name, "limits", "", kind.official.provenance
        for node in kind.nodes:
            yield "project_type", kind.id, kind.name, "step", node.name or node.id, node.provenance
    yield from _whole("policy", catalogue.policies.values())


def _whole(kind: str, entries: Iterable[OneThing | Policy]) -> Iterator[Fact]:
    for entry in entries:
        yield kind, entry.id, entry.name, "whole", "", entry.provenance


def _of_matter(matter: Matter) -> Iterator[tuple[str, str, Provenance]]:
    yield "whole", "", matter.provenance
    parts = [
        ("statutory", "", matter.statutory.provenance),
        ("promised", "", matter.promised.provenance),
        ("fee", "", matter.fee.provenance),
        *(("material", one.name, one.provenance) for one in matter.materials),
        *(("faq", one.question, one.provenance) for one in matter.faqs),
    ]
    # what was checked together with the matter is looked at again together with it
    checked_on = matter.provenance.checked_on
    yield from (part for part in parts if part[2].checked_on != checked_on)
