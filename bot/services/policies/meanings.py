"""Finds the policies that a text means when none of their names or words stands in it.

"社保局能退一部分失业险" is about 稳岗返还: its meaning (`bot/meaning.py`) lies near that of
the policy's names or of a sentence that asks for it. Every text lies near some policy
("小规模开票咋开" by 0.77), so it is asked only where a benefit is spoken of (`speaks_of_benefit` in
`bot/services/words/policy_remarks.py`).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.policies import Policy
from bot.meaning import Meanings
from bot.sentence_layers import Floats
from bot.services.words.policy_remarks import is_personal, speaks_of_benefit
from bot.services.words.remarks import clauses

NEAR = 0.5
"""How near a text, or the part of it that speaks of a benefit, must lie to a policy; measured."""

BESIDE = 0.06
"""Policies that lie this much farther than the nearest may be meant as well."""

SHORTEST = 8
"""Signs of the end of a text that is looked at by itself."""

ALL = "gov-policy-kitchen"
"""The service that tells of all policies; who means it says 政策."""


class PolicyMeanings:
    """Knows how near a text lies to each policy; names are encoded at first use.

    Args:
        catalogue: The policies.
        wordings: Id of a policy to sentences that ask for it without its name.
        cache: Folder of the encoder's weights; None keeps none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        wordings: Mapping[str, Sequence[str]],
        cache: Path | None = None,
    ) -> None:
        self._policies = tuple(p for p in catalogue.policies.values() if p.id != ALL)
        self._wordings = wordings
        self._meanings = Meanings(cache)

    def near(self, text: str, least: float = NEAR) -> list[Policy]:
        """Return the policies that a text means, the nearest first; none where none is wanted.

        Args:
            text: What is said.
            least: How near it must lie, 0 to 1.

        Cost: encoding the text and its clauses, and O(names).
        """
        if not self._policies or not speaks_of_benefit(text) or is_personal(text):
            return []
        nearest = self._nearness(_ends(text))
        best = max(nearest)
        if best < least:
            return []
        order = sorted(range(len(nearest)), key=lambda at: -nearest[at])
        return [self._policies[at] for at in order if nearest[at] >= best - BESIDE]

    def _nearness(self, texts: Sequence[str]) -> list[float]:
        """Return how near the nearest of some texts lies to each policy."""
        owners, names = self._names
        alike = (names @ self._meanings.of(texts).T).max(axis=1)
        nearest = [0.0] * len(self._policies)
        for owner, score in zip(owners, alike, strict=True):
            nearest[owner] = max(nearest[owner], float(score))
        return nearest

    @cached_property
    def _names(self) -> tuple[tuple[int, ...], Floats]:
        """Return whose each name is, and the numbers of the names."""
        said = [
            (at, name)
            for at, policy in enumerate(self._policies)
            for name in (policy.name, *policy.aliases, *self._wordings.get(policy.id, ()))
        ]
        return tuple(at for at, _ in said), self._meanings.of([name for _, name in said])


def _ends(text: str) -> list[str]:
    """Return a text from each of its clauses on to the end, the short ends left out."""
    parts = clauses(text)
    ends = ("，".join(parts[at:]) for at in range(1, len(parts)))
    return [text, *(end for end in ends if len(end) >= SHORTEST and speaks_of_benefit(end))]
