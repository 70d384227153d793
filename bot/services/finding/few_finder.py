"""Finds which of a few questions a text asks: one small model for all, learnt from wordings."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from bot.meaning import Meanings, fingerprint
from bot.services.finding import linear_ranker
from bot.services.finding.kept_rankers import kept_rankers
from bot.services.finding.linear_ranker import MEANING_WEIGHT, VIEW_WEIGHTS, Example, LinearRanker
from bot.services.finding.matter_features import LONGEST, FeatureReader

PENALTY = 1.0

REMEMBERED = 256

_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""


class FewFinder:
    """Ranks a few questions for a text; the model is read, or trained, at first use.

    Args:
        key: Its name among the stored models.
        wordings: Question to the ways in which it is asked.
        strangers: Texts that ask none of them.
        ideas: Words of the same idea, by its name.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
    """

    def __init__(
        self,
        key: str,
        wordings: Mapping[str, Sequence[str]],
        strangers: Sequence[str],
        ideas: Mapping[str, Sequence[str]],
        cache: Path | None = None,
    ) -> None:
        self._key = key
        self._questions = tuple(wordings)
        self._lessons = [
            *((text, (at,)) for at, said in enumerate(wordings.values()) for text in said),
            *((text, ()) for text in strangers),
        ]
        self._ideas = ideas
        self._cache = cache
        self._reader = FeatureReader(ideas)
        self._meanings = Meanings(cache)
        self._best = lru_cache(REMEMBERED)(self._rank)

    def best(self, text: str) -> tuple[str, float] | None:
        """Return the question that fits best, and how well: 1 for a sure one, near 0 for none.

        None without a text or questions. Cost: about 1 ms.
        """
        if not text or not self._questions:
            return None
        at, score = self._best(text)
        return self._questions[at], score

    def prepare(self) -> None:
        """Read or train the model now, so that the first text need not wait."""
        _ = self._model

    def _rank(self, text: str) -> tuple[int, float]:
        scores = self._model.scores(self._reader.read(text), self._meanings.of([text])[0])
        best = int(scores.argmax())
        return best, float(scores[best])

    @cached_property
    def _model(self) -> LinearRanker:
        settings = (_FORMAT, PENALTY, VIEW_WEIGHTS, MEANING_WEIGHT, LONGEST, fingerprint())
        ideas = sorted((name, tuple(words)) for name, words in self._ideas.items())
        learnt = repr((*settings, self._questions, ideas, self._lessons))
        digest = hashlib.sha256(learnt.encode()).hexdigest()[:16]
        kept = kept_rankers(self._cache, self._key, digest, lambda: {self._key: self._trained()})
        return kept[self._key]

    def _trained(self) -> LinearRanker:
        """Learn all wordings; about a second."""
        meanings = self._meanings.of([text for text, _ in self._lessons])
        examples = [
            Example(self._reader.read(text), labels, meaning=meaning)
            for (text, labels), meaning in zip(self._lessons, meanings, strict=True)
        ]
        return linear_ranker.train_few(examples, len(self._questions), PENALTY)
