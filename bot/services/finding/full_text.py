"""Full-text search over what the catalogue says about each matter (BM25 on character pairs)."""

import math
from collections import Counter
from collections.abc import Mapping

from bot.services.reading.wording import core, normalise

_SATURATION = 1.2
_LENGTH = 0.6


class FullText:
    """An inverted index; immutable after construction.

    Args:
        texts: All text of an entry, by entry id.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        counts = {entry_id: Counter(_pairs(normalise(text))) for entry_id, text in texts.items()}
        sizes = {entry_id: sum(pairs.values()) for entry_id, pairs in counts.items()}
        usual = sum(sizes.values()) / max(len(sizes), 1) or 1.0
        self._postings: dict[str, list[tuple[str, float]]] = {}
        for entry_id, pairs in counts.items():
            damping = _SATURATION * (1 - _LENGTH + _LENGTH * sizes[entry_id] / usual)
            for pair, count in pairs.items():
                part = count * (_SATURATION + 1) / (count + damping)
                self._postings.setdefault(pair, []).append((entry_id, part))
        self._total = len(counts)

    def scores(self, text: str) -> dict[str, float]:
        """Return the score of each entry that shares a pair of characters with the text, >= 0."""
        found: dict[str, float] = {}
        for pair in set(_pairs(core(normalise(text)))):
            posting = self._postings.get(pair, [])
            count = len(posting)
            rarity = math.log(1 + (self._total - count + 0.5) / (count + 0.5))
            for entry_id, part in posting:
                found[entry_id] = found.get(entry_id, 0.0) + rarity * part
        return found


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]
