"""Answers about one project that cannot all be true, each with the rule that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.conditions import Answer, Condition, evaluate, names
from bot.domain.facts import Provenance

PROJECT_TYPE = "project_type"
"""Variable of the conditions that holds the id of a project type that was named outright."""


@dataclass(frozen=True)
class Contradiction:
    """Answers that exclude each other.

    Attributes:
        id: Stable id.
        when: Holds when the answers contradict each other; it names the questions to ask again.
        rule: The rule as applicants read it.
        provenance: Where the rule comes from.
    """

    id: str
    when: Condition
    rule: str
    provenance: Provenance

    @property
    def questions(self) -> frozenset[str]:
        """Ids of the questions whose answers do not go together."""
        return names(self.when)


def found_in(
    contradictions: Iterable[Contradiction], answers: Mapping[str, Answer]
) -> tuple[Contradiction, ...]:
    """Return the contradictions that the answers given so far already settle."""
    return tuple(c for c in contradictions if evaluate(c.when, answers) is True)
