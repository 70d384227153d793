"""The classifier of texts into routing categories: a linear model beside hand-kept words.

It learns from `data/routing` (sentences and words written by hand) and from what dispatchers have
decided and somebody has reviewed; see docs/routing.md for figures.
"""

import hashlib
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from bot.domain.routing import Reviewed, RoutingCategory
from bot.services.finding import linear_ranker
from bot.services.finding.kept_ranker import kept_ranker
from bot.services.finding.linear_ranker import Example, Floats, LinearRanker
from bot.services.finding.matter_features import Features
from bot.services.reading.word_finder import WordFinder

PENALTY = 0.6
WORDS_WEIGHT = 0.4
"""How much hand-kept words add to the linear model's score; measured, see docs/routing.md."""

SHARPNESS = 6.0
"""Turns differences of scores into shares that are right as often as they say."""

_GRAM_LENGTHS = (2, 3)
_LENGTH_POWER = 0.75
"""A longer word says more, though not twice as much for twice the length."""

_DAMPING = 4.0
"""A single short word is a weak sign; this keeps it from counting like many."""

_TOGETHER = (4, 8)
"""Words of a topic that make one example."""

_SEED = 1
_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""

_JUNK = re.compile(r"[^\u4e00-\u9fffa-z]+")


def squash(text: str) -> str:
    """Return the letters of a text in one run, so that segmented and plain ones are the same."""
    return _JUNK.sub("", text.lower())


@dataclass(frozen=True)
class Ranked:
    """A category with its share, 0 to 1; the shares of all sum to 1."""

    category: RoutingCategory
    share: float


class RoutingModel:
    """Sorts texts into categories; trained or read at first use.

    Args:
        categories: At least two.
        reviewed: Texts of dispatched tickets that a person has reviewed.
        folder: Where a trained model is kept; None keeps none.
    """

    def __init__(
        self,
        categories: Sequence[RoutingCategory],
        reviewed: Sequence[Reviewed] = (),
        folder: Path | None = None,
    ) -> None:
        self.categories = tuple(categories)
        self._reviewed = tuple(reviewed)
        self._folder = folder
        self._number = {one.name: at for at, one in enumerate(self.categories)}
        owners: dict[str, set[int]] = defaultdict(set)
        for at, category in enumerate(self.categories):
            for topic in category.topics:
                for word in topic.words:
                    owners[squash(word)].add(at)
        self._owners = {word: tuple(sorted(found)) for word, found in owners.items()}
        self._finder = WordFinder(self._owners)

    def rank(self, text: str) -> list[Ranked]:
        """Return all categories, the likeliest first; equal shares when nothing is known.

        Cost: O(length of the text).
        """
        plain = squash(text)
        scores = self._model.scores(_grams([plain])) + WORDS_WEIGHT * self._word_scores(plain)
        raised = np.exp(SHARPNESS * (scores - scores.max()))
        shares = raised / raised.sum()
        order = np.argsort(-shares, kind="stable")
        return [Ranked(self.categories[at], float(shares[at])) for at in order]

    def prepare(self) -> None:
        """Read or train the model now."""
        _ = self._model

    def _word_scores(self, plain: str) -> Floats:
        scores = np.zeros(len(self.categories), dtype=np.float32)
        for word, count in Counter(self._finder.find(plain)).items():
            owners = self._owners[word]
            weight = (1 + math.log(count)) * len(word) ** _LENGTH_POWER / len(owners)
            scores[list(owners)] += weight
        return scores / (float(np.linalg.norm(scores)) + _DAMPING)

    @cached_property
    def _model(self) -> LinearRanker:
        return kept_ranker(self._folder, "routing", self._fingerprint(), self._trained)

    def _trained(self) -> LinearRanker:
        return linear_ranker.train(self._examples(), len(self.categories), PENALTY)

    def _examples(self) -> list[Example]:
        """Return what is learnt from; every category weighs the same."""
        texts: list[tuple[Sequence[str], int]] = []
        chance = random.Random(_SEED)  # noqa: S311 - no secret: the same examples every time
        for at, category in enumerate(self.categories):
            texts += [([squash(sentence)], at) for sentence in category.sentences]
            for topic in category.topics:
                words = [squash(word) for word in topic.words]
                for _ in range(max(_TOGETHER[0], len(words) // 2)):
                    count = min(len(words), chance.randint(*_TOGETHER))
                    texts.append((chance.sample(words, count), at))
        texts += [
            ([squash(one.text)], self._number[one.category])
            for one in self._reviewed
            if one.category in self._number
        ]
        sizes = Counter(at for _, at in texts)
        even = len(texts) / len(self.categories)
        return [Example(_grams(parts), (at,), even / sizes[at]) for parts, at in texts]

    def _fingerprint(self) -> str:
        settings = (_FORMAT, PENALTY, _GRAM_LENGTHS, _TOGETHER, self.categories, self._reviewed)
        return hashlib.sha256(repr(settings).encode()).hexdigest()[:16]


def _grams(parts: Sequence[str]) -> Features:
    """Return the counts of characters in a row; none spans two parts."""
    found = Counter(
        part[start : start + size]
        for part in parts
        for size in _GRAM_LENGTHS
        for start in range(len(part) - size + 1)
    )
    return {"c": found}
