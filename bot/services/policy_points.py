"""Finds what a policy's record says on the point that a question is about: 裁员率要求多少."""

from collections.abc import Iterator
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.domain.policies import Policy, leaves
from bot.meaning import Meanings
from bot.services.policy_text import criterion_text, field_name
from bot.services.wording import normalise, without_names

FAQ_NEAR = 0.55
"""How near the meaning of a question of the catalogue must be; tried by hand, see docs/nlu.md."""

LINE_NEAR = 0.45
"""The same of a condition."""

SHORTEST_ASKED = 4
"""Signs beside the name of a policy with which a condition is asked after."""

SHARED = 3
"""Signs of the name of a fact that stand in a question: 裁员率."""


class PolicyPoints:
    """Knows which question or condition of a policy a text is about.

    Args:
        catalogue: The policies.
        cache: Where the weights of the sentence encoder are kept; None keeps none.
    """

    def __init__(self, catalogue: Catalogue, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._meanings = Meanings(cache)

    def faq(self, text: str, policy: Policy, least: float = FAQ_NEAR) -> Faq | None:
        """Return the question of a policy that a text asks; None for none. Cost: about 1 ms.

        Args:
            text: What is asked.
            policy: Which.
            least: How near its meaning must be.
        """
        if not policy.faqs or not normalise(text):
            return None
        meant = self._meanings.of([text, *(faq.question for faq in policy.faqs)])
        near = meant[1:] @ meant[0]
        best = int(near.argmax())
        return policy.faqs[best] if float(near[best]) >= least else None

    def conditions(self, text: str, policy: Policy) -> list[str]:
        """Return the conditions that a text asks after, by the name of the fact or its meaning."""
        known = list(leaves(policy.criteria))
        said = [criterion_text(one, self._catalogue) for one in known]
        named = [
            line
            for one, line in zip(known, said, strict=True)
            if any(word in text for word in _pieces(field_name(one.field, self._catalogue)))
        ]
        if named or not said or not normalise(text):
            return list(dict.fromkeys(named))
        asked = without_names(text, (policy.name, *policy.aliases))
        meant = self._meanings.of([asked, *said])
        near = meant[1:] @ meant[0]
        best = int(near.argmax())
        is_near = float(near[best]) >= LINE_NEAR
        return [said[best]] if is_near and len(asked) >= SHORTEST_ASKED else []


def _pieces(name: str) -> Iterator[str]:
    yield from (name[at : at + SHARED] for at in range(len(name) - SHARED + 1))
