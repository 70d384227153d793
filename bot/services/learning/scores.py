"""Figures of an evaluation: how often intents, entities and matters were right."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
REFUSALS = frozenset({FALLBACK, OUT_OF_SCOPE})
"""Answers that say "not understood" or "not ours"."""

EXAMPLES = 8
"""Most examples shown for one confusion."""

Named = tuple[str, str]
"""An entity and the text that names it."""


@dataclass(frozen=True)
class Understood:
    """A labelled message, or what the model made of one.

    Attributes:
        text: The message.
        intent: Name of the intent.
        entities: What is named in it; the same twice counts twice.
    """

    text: str
    intent: str
    entities: tuple[Named, ...] = ()


@dataclass(frozen=True)
class EntityScore:
    """Precision, recall and F1 of entities, 0 to 1; 0 where nothing was there to be right."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Confusion:
    """One intent taken for another.

    Attributes:
        intent: The right one.
        answered: What the model said instead.
        count: How often.
        examples: At most `EXAMPLES` messages.
    """

    intent: str
    answered: str
    count: int
    examples: tuple[str, ...]


def accuracy(gold: Sequence[str], answers: Sequence[str]) -> float:
    """Return the share of answers that are right, 0 for none."""
    return _share(g == a for g, a in zip(gold, answers, strict=True))


def macro_f1(gold: Sequence[str], answers: Sequence[str]) -> float:
    """Return the mean F1 over the intents of `gold`, 0 to 1."""
    scores = f1_by_intent(gold, answers)
    return sum(scores.values()) / len(scores) if scores else 0.0


def f1_by_intent(gold: Sequence[str], answers: Sequence[str]) -> dict[str, float]:
    """Return F1 of each intent of `gold`, by name."""
    there, said = Counter(gold), Counter(answers)
    hits = Counter(g for g, a in zip(gold, answers, strict=True) if g == a)
    return {name: 2 * hits[name] / (there[name] + said[name]) for name in sorted(there)}


def false_accepts(gold: Sequence[str], answers: Sequence[str]) -> float:
    """Return the share of messages out of scope that were answered as if in scope."""
    outside = [a for g, a in zip(gold, answers, strict=True) if g == OUT_OF_SCOPE]
    return _share(answer not in REFUSALS for answer in outside)


def false_refusals(gold: Sequence[str], answers: Sequence[str]) -> float:
    """Return the share of messages in scope that were refused."""
    inside = [a for g, a in zip(gold, answers, strict=True) if g != OUT_OF_SCOPE]
    return _share(answer in REFUSALS for answer in inside)


def entity_score(
    gold: Sequence[Collection[Named]], answers: Sequence[Collection[Named]]
) -> EntityScore:
    """Return micro precision, recall and F1: right is the same entity with the same text."""
    hits = sum((Counter(g) & Counter(a)).total() for g, a in zip(gold, answers, strict=True))
    said, there = sum(map(len, answers)), sum(map(len, gold))
    precision = hits / said if said else 0.0
    recall = hits / there if there else 0.0
    both = precision + recall
    return EntityScore(precision, recall, 2 * precision * recall / both if both else 0.0)


def confusions(gold: Sequence[Understood], answers: Sequence[Understood]) -> list[Confusion]:
    """Return intents taken for others, the most frequent first."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for right, said in zip(gold, answers, strict=True):
        if right.intent != said.intent:
            texts[right.intent, said.intent].append(right.text)
    found = [
        Confusion(intent, answered, len(examples), tuple(examples[:EXAMPLES]))
        for (intent, answered), examples in texts.items()
    ]
    return sorted(found, key=lambda c: (-c.count, c.intent, c.answered))


def hits_within(
    gold: Sequence[Collection[str]], ranked: Sequence[Sequence[str]], places: int
) -> float:
    """Return the share of rankings with an accepted answer among the first `places`."""
    pairs = zip(gold, ranked, strict=True)
    return _share(any(name in accepted for name in names[:places]) for accepted, names in pairs)


def _share(hits: Iterable[bool]) -> float:
    seen = list(hits)
    return sum(seen) / len(seen) if seen else 0.0
