"""Finds which of a few questions a text asks: one small model for all, learnt from wordings."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from bot.services.finding.small_model import SmallModel, Taught

PENALTY = 1.0

REMEMBERED = 256


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
        self._questions = tuple(wordings)
        taught = (
            *(Taught(text, (at,)) for at, said in enumerate(wordings.values()) for text in said),
            *(Taught(text, ()) for text in strangers),
        )
        self._model = SmallModel(key, lambda: taught, PENALTY, cache, ideas)
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
        self._model.prepare()

    def _rank(self, text: str) -> tuple[int, float]:
        scores = self._model.scores(text)
        best = int(scores.argmax())
        return best, float(scores[best])
