"""The library of policies, prepared once: clauses compiled, values of each field collected."""

from collections.abc import Sequence
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.eligibility import Standing, standing
from bot.domain.facts import Confidence
from bot.domain.policies import Criterion, Policy, Scalar, leaves
from bot.domain.policy_index import PolicyIndex

_STANDINGS = (Standing.IN_FORCE, Standing.NEEDS_CHECK, Standing.NOT_YET)
_CONFIDENCES = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)

Living = tuple[int, Policy, Standing]
"""Position in the catalogue, policy, what may be said about its being in force."""


class PolicyLibrary:
    """The policies of a catalogue; immutable but for what it remembers of the latest day.

    Args:
        catalogue: Policies, their fields and contradictions.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.policies = tuple(catalogue.policies.values())
        self.index = PolicyIndex(self.policies)
        self.values = _values(self.policies)
        self._living: tuple[date, Sequence[Living]] | None = None

    def living(self, today: date) -> Sequence[Living]:
        """Return the policies that have not ended on a local day, the best founded first."""
        kept = self._living
        if kept is None or kept[0] != today:
            kept = self._living = (today, self._sorted(today))
        return kept[1]

    def _sorted(self, today: date) -> Sequence[Living]:
        placed = (
            (position, policy, standing(policy.validity, today))
            for position, policy in enumerate(self.policies)
        )
        found = [each for each in placed if each[2] is not Standing.ENDED]
        found.sort(key=lambda each: (_STANDINGS.index(each[2]), _rank(each[1])))
        return found


def wanted_values(leaf: Criterion) -> tuple[Scalar, ...]:
    """Return the value or values that a clause names."""
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


def _rank(policy: Policy) -> int:
    return _CONFIDENCES.index(policy.provenance.confidence)


def _values(policies: Sequence[Policy]) -> dict[str, tuple[Scalar, ...]]:
    """Return by field the values that conditions name, in the order of the catalogue."""
    found: dict[str, dict[Scalar, None]] = {}
    for policy in policies:
        for leaf in leaves(policy.criteria):
            found.setdefault(leaf.field, {}).update(dict.fromkeys(wanted_values(leaf)))
    return {field: tuple(values) for field, values in found.items()}
