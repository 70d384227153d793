"""How near a text lies to each wording that was taught of a matter, by what they mean.

A linear model can be sure of a text that is like none of them: its signs and numbers add up to a
question by chance. Then even the nearest wording lies far off, which this tells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.meaning import Meanings
from bot.sentence_layers import Floats
from bot.services.finding.kept_ranker import kept, path_of
from bot.services.finding.stored_arrays import read_arrays, write_arrays

RECENT = 48
"""Matters whose meanings are kept ready to be compared, 0.2 MB each; a plan has some sixteen."""

_KIND = "wordings"

Stored = Mapping[str, npt.NDArray[np.float16]]
"""Meanings of the wordings of each matter, those of its questions first, (n_wordings, 512)."""


@dataclass(frozen=True)
class Wordings:
    """What was taught of a matter.

    Attributes:
        asking: Wordings, each with the number of the question that it asks: at least one for each
            question, and those of one together, in the order of the numbers.
        beside: Sentences that ask none of its questions.
    """

    asking: Sequence[tuple[str, int]]
    beside: Sequence[str]

    @property
    def texts(self) -> list[str]:
        """All of them, the asking ones first."""
        return [text for text, _ in self.asking] + list(self.beside)


@dataclass(frozen=True)
class Nearness:
    """How near a text lies; a cosine, 1 for the same meaning.

    Attributes:
        asking: The nearest wording of each question, (n_questions,).
        beside: The nearest sentence that asks none; 0 where none was taught.
    """

    asking: Floats
    beside: float


class NearWordings:
    """Compares texts with what was taught; meanings are read at first use.

    Args:
        taught: By matter.
        cache: Folder that keeps the meanings between starts; None encodes each matter's at its
            first use.
        fingerprint: Of all that is taught.
    """

    def __init__(
        self, taught: Mapping[str, Wordings], cache: Path | None, fingerprint: str
    ) -> None:
        self._taught = taught
        self._path = path_of(cache, _KIND, fingerprint)
        self._meanings = Meanings(cache)
        self._encoded = lru_cache(maxsize=None)(self._encode)
        self._recent = lru_cache(RECENT)(self._ready)

    def near(self, matter_id: str, meaning: Floats) -> Nearness:
        """Return how near a meaning, (512,), lies to what was taught of a matter.

        Cost: O(wordings of the matter).
        """
        encoded, starts, n_asking = self._recent(matter_id)
        likeness: Floats = encoded @ meaning
        nearest: Floats = np.maximum.reduceat(likeness[:n_asking], starts)
        beside = likeness[n_asking:]
        return Nearness(nearest, float(beside.max()) if len(beside) else 0.0)

    def prepare(self) -> None:
        """Read or encode all of it now, so that the first question need not wait."""
        if self._path is not None:
            _ = self._stored

    def _ready(self, matter_id: str) -> tuple[Floats, npt.NDArray[np.int64], int]:
        """Return the meanings, where those of each question begin, and how many ask one."""
        numbers = [number for _, number in self._taught[matter_id].asking]
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        return self._of(matter_id).astype(np.float32), starts, len(numbers)

    def _of(self, matter_id: str) -> npt.NDArray[np.float16]:
        return self._encoded(matter_id) if self._path is None else self._stored[matter_id]

    @cached_property
    def _stored(self) -> Stored:
        return kept(self._path, _KIND, self._encode_all, read_arrays, write_arrays)

    def _encode_all(self) -> Stored:
        return {matter_id: self._encode(matter_id) for matter_id in self._taught}

    def _encode(self, matter_id: str) -> npt.NDArray[np.float16]:
        return self._meanings.of(self._taught[matter_id].texts).astype(np.float16)
