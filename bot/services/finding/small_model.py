"""A small model of texts: learns signs and meanings at once, kept under what it learnt from.

Finders of trades, of wishes and of a few questions say what is taught; everything else is here.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bot.meaning import Meanings, fingerprint
from bot.services.finding import linear_ranker
from bot.services.finding.kept_rankers import kept_rankers
from bot.services.finding.linear_ranker import (
    MEANING_WEIGHT,
    VIEW_WEIGHTS,
    Example,
    Floats,
    LinearRanker,
)
from bot.services.finding.matter_features import LONGEST, FeatureReader

_FORMAT = 2
"""Raise it when the meaning of a stored model changes."""


class Taught(NamedTuple):
    """A text to learn and the numbers of the classes it points to; all count alike."""

    text: str
    labels: tuple[int, ...]


def examples_of(
    taught: Iterable[Taught], reader: FeatureReader, meanings: Meanings
) -> list[Example]:
    """Return texts with their signs and meanings, which are encoded together."""
    lessons = list(taught)
    encoded = meanings.of([one.text for one in lessons])
    return [
        Example(reader.read(one.text), one.labels, meaning=meaning)
        for one, meaning in zip(lessons, encoded, strict=True)
    ]


class SmallModel:
    """Scores classes for a text; the model is read, or trained in some seconds, at first use.

    Args:
        key: Its name among the stored models.
        taught: Returns what is learnt; asked at first use.
        penalty: Larger means smoother.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
        ideas: Words of the same idea, by its name.
    """

    def __init__(
        self,
        key: str,
        taught: Callable[[], Iterable[Taught]],
        penalty: float,
        cache: Path | None,
        ideas: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._key = key
        self._taught = taught
        self._penalty = penalty
        self._cache = cache
        self._ideas = ideas or {}
        self._reader = FeatureReader(self._ideas)
        self._meanings = Meanings(cache)

    def scores(self, text: str) -> Floats:
        """Return the score of each class, (n_classes,); O(features x classes) and encoding."""
        return self._ranker.scores(self._reader.read(text), self._meanings.of([text])[0])

    def prepare(self) -> None:
        """Read or train the model now, so that the first text need not wait."""
        _ = self._ranker

    @cached_property
    def _ranker(self) -> LinearRanker:
        taught = list(self._taught())
        settings = (_FORMAT, self._penalty, VIEW_WEIGHTS, MEANING_WEIGHT, LONGEST, fingerprint())
        ideas = sorted((name, tuple(words)) for name, words in self._ideas.items())
        learnt = repr((*settings, ideas, taught))
        digest = hashlib.sha256(learnt.encode()).hexdigest()[:16]
        key = self._key
        return kept_rankers(self._cache, key, digest, lambda: {key: self._train(taught)})[key]

    def _train(self, taught: Sequence[Taught]) -> LinearRanker:
        examples = examples_of(taught, self._reader, self._meanings)
        n_classes = 1 + max((at for one in taught for at in one.labels), default=-1)
        return linear_ranker.train_few(examples, n_classes, self._penalty)
