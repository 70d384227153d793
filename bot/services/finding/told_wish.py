"""Hears the wish for a business, or for a building, in a story that names neither.

The model of intents knows what people ask an assistant; it heard 58 of 240 first messages that were
told as stories by two writers who knew nothing of the product. A linear model of the meaning and
the signs of 1,263 stories by four others finds 89 of 100 wishes for a business there, and 97 of 100
that it takes for one are one (1 December 2026).
"""

import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from bot.meaning import Meanings, fingerprint
from bot.services.finding import linear_ranker
from bot.services.finding.kept_rankers import kept_rankers
from bot.services.finding.linear_ranker import MEANING_WEIGHT, VIEW_WEIGHTS, Example, LinearRanker
from bot.services.finding.matter_features import LONGEST, FeatureReader

PENALTY = 1.0

WISHES: Mapping[str, float] = {"start_business": 0.6, "plan_project": 0.5}
"""Intents that are heard, and from which score on; everything else is one class."""

REMEMBERED = 256

_FORMAT = 1
"""Raise it when the meaning of a stored model changes."""

_KEY = "told_wishes"


class ToldWishFinder:
    """Knows what somebody wants who tells a story; the model is read at first use.

    Args:
        stories: What people told, by the intent that they had.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
    """

    def __init__(self, stories: Mapping[str, tuple[str, ...]], cache: Path | None) -> None:
        self._stories = stories
        self._cache = cache
        self._reader = FeatureReader({})
        self._meanings = Meanings(cache)
        self._heard = lru_cache(REMEMBERED)(self._hear)

    def wish(self, story: str) -> str | None:
        """Return the intent of a story, one of `WISHES`; None for anything else."""
        return self._heard(story)

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        _ = self._model

    def _hear(self, story: str) -> str | None:
        """Return the wish; O(features) and encoding the story."""
        scores = self._model.scores(self._reader.read(story), self._meanings.of([story])[0])
        best = int(np.argmax(scores))
        named = list(WISHES)[best] if best < len(WISHES) else None
        return named if named is not None and scores[best] >= WISHES[named] else None

    @cached_property
    def _model(self) -> LinearRanker:
        settings = (_FORMAT, PENALTY, VIEW_WEIGHTS, MEANING_WEIGHT, LONGEST)
        learnt = (*settings, fingerprint(), dict(self._stories), tuple(WISHES))
        digest = hashlib.sha256(repr(learnt).encode()).hexdigest()[:16]
        return kept_rankers(self._cache, _KEY, digest, lambda: {_KEY: self._trained()})[_KEY]

    def _trained(self) -> LinearRanker:
        """Learn all stories; about a second."""
        classes = {intent: at for at, intent in enumerate(WISHES)}
        lessons = [(intent, text) for intent, texts in self._stories.items() for text in texts]
        meanings = self._meanings.of([text for _, text in lessons])
        examples = [
            Example(self._reader.read(text), (classes.get(intent, len(WISHES)),), meaning=meaning)
            for (intent, text), meaning in zip(lessons, meanings, strict=True)
        ]
        return linear_ranker.train_few(examples, len(WISHES) + 1, PENALTY)


def by_intent(
    opens: Mapping[str, tuple[str, ...]], wants: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """Return all stories by their intent.

    Args:
        opens: Those of who wants to open a business, by trade.
        wants: All others, by intent.
    """
    own = tuple(text for texts in opens.values() for text in texts)
    return {**wants, "start_business": (*wants.get("start_business", ()), *own)}
