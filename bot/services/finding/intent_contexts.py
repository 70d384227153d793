"""How likely an intent is where a conversation stands: who just heard of papers suggests nothing.

The model reads each message by itself, as if any of its intents were as likely as among its
examples. In a conversation they are not. What a message says is weighed with how often an intent
occurs in the situation: Bayes' rule for a changed prior. Source of the method: Saerens, Latinne,
Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori Probabilities", 2002.
`tools/intent_contexts.py` learns the weights from dialogues, without anybody's labels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ranking = tuple[tuple[str, float], ...]
"""Intents with their probabilities, best first."""

START, OPEN, ABOUT = "start", "open", "about_"
"""Situations outside forms: the first message, nothing talked about yet, and what is."""


@dataclass(frozen=True)
class IntentContexts:
    """Weights of intents by situation, from `data/common/contexts.yml`.

    Attributes:
        weights: Situation (a form's name, `start`, `open`, `about_matter` …) to intent to weight;
            1 for any that is not there.
    """

    weights: Mapping[str, Mapping[str, float]]

    def weighed(self, situation: str, ranking: Sequence[tuple[str, float]]) -> Ranking:
        """Return a ranking as it is in a situation; the probabilities keep their sum."""
        own = self.weights.get(situation, {})
        raised = [(name, sure * own.get(name, 1.0)) for name, sure in ranking]
        before, after = sum(sure for _, sure in ranking), sum(sure for _, sure in raised)
        scale = before / after if after else 1.0
        return tuple(sorted(((n, s * scale) for n, s in raised), key=lambda pair: -pair[1]))


def situation_of(form: str | None, focus: str | None, *, is_first: bool) -> str:
    """Return the name of the situation in which a message is said.

    Args:
        form: That is open; None outside forms.
        focus: What was talked about last; None for nothing.
        is_first: Nothing was said before.
    """
    if form is not None:
        return form
    if is_first:
        return START
    return f"{ABOUT}{focus}" if focus else OPEN
