"""Finds the policy that a question is about, and whether a short one goes on with the last.

Both models learn from `data/policy/questions.yml`, against what single matters and services are
asked and what is off topic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.policies import Policy
from bot.services.finding.few_finder import FewFinder
from bot.services.finding.shared_finder import other_questions
from bot.services.policies.points import PolicyPoints
from bot.services.words.matter import MatterWords


@dataclass(frozen=True)
class PolicyAsked:
    """A policy that a question is about.

    Attributes:
        policy: Which.
        score: How well it fits; about 1 for a sure one, near 0 for a stranger.
    """

    policy: Policy
    score: float


@dataclass(frozen=True)
class PolicyQuestions:
    """How people ask about policies.

    Attributes:
        first: Id of a policy to whole questions about it.
        points: Name of a point (amount, who …) to short questions after a policy was told.
        none: What sounds near and is about no policy.
    """

    first: Mapping[str, Sequence[str]]
    points: Mapping[str, Sequence[str]]
    none: Sequence[str]


class PolicyFinder:
    """Knows which policy a text is about; the models are read at first use.

    Args:
        catalogue: The policies.
        asked: How people ask about them.
        words: What matters and services are asked.
        cache: Folder that keeps the trained models between starts; None trains them at first use.

    Attributes:
        points: What the record of a policy says on the point that a question is about.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        asked: PolicyQuestions,
        words: MatterWords,
        cache: Path | None = None,
    ) -> None:
        self._policies = catalogue.policies
        self.points = PolicyPoints(catalogue, cache)
        services = [text for said in words.service_questions.values() for text in said]
        strangers = (*asked.none, *other_questions(words), *services[::EVERY_SERVICE])
        whole = {
            policy.id: (policy.name, *policy.aliases, *asked.first.get(policy.id, ()))
            for policy in catalogue.policies.values()
        }
        self._which = FewFinder("policy", whole, strangers, words.ideas, cache)
        self._points = FewFinder("policy-points", asked.points, strangers, words.ideas, cache)

    def asked(self, text: str) -> PolicyAsked | None:
        """Return the policy that a question fits best, however badly; None for no text."""
        best = self._which.best(text)
        return None if best is None else PolicyAsked(self._policies[best[0]], best[1])

    def goes_on(self, text: str) -> float:
        """Return how well a text asks a point of the policy told last: about 1 for sure, else 0."""
        best = self._points.best(text)
        return 0.0 if best is None else best[1]

    def prepare(self) -> None:
        """Read or train the models now, so that the first question need not wait."""
        self._which.prepare()
        self._points.prepare()


EVERY_SERVICE = 4
"""One in so many questions about services is learnt from as a stranger."""
