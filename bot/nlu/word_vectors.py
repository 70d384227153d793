"""Meanings of words as vectors, so that 「装电表」 is near 「用电报装」 though no sign is shared.

The vectors come from the package `synonyms` (MIT, 125,796 words of 100 numbers, ordered by how
frequent the words are). Only its data file is read; the package itself is never imported.
"""

from __future__ import annotations

import importlib.util
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_PACKAGE = "synonyms"
_FILE = "data/words.vector"
_WORDS_FILE = "vector_words.json"
_ARRAYS_FILE = "vectors.npz"
_TINY = 1e-6
_EVERY_WORD = 0.5
"""Weight of a word that every message holds, beside the logarithm of its rarity."""


def installed_vectors() -> Path:
    """Return the data file of the installed package.

    Raises:
        FileNotFoundError: The package is not installed as we know it.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / _FILE
        if path.exists():
            return path
    raise FileNotFoundError(f"{_FILE} of the package {_PACKAGE}: run `make setup`")


def read_word2vec(path: Path, limit: int) -> tuple[list[str], np.ndarray]:
    """Read the first words of a word2vec file in its binary form.

    Returns:
        Words, and their vectors, (n_words, n_dimensions) float32.

    Source: the format of word2vec.c: a line with both numbers; per word its UTF-8, a space, the
    numbers as little-endian float32, sometimes a line break.
    """
    content = path.read_bytes()
    head, position = content.split(b"\n", 1)[0], content.index(b"\n") + 1
    there, dimensions = map(int, head.split())
    count = min(limit, there)
    words, rows = [], np.empty((count, dimensions), dtype=np.float32)
    for row in range(count):
        end = content.index(b" ", position)
        words.append(content[position:end].decode("utf-8", errors="replace").strip())
        rows[row] = np.frombuffer(content, "<f4", dimensions, end + 1)
        position = end + 1 + 4 * dimensions
    return words, rows


@dataclass(frozen=True)
class WordVectors:
    """Directions of words, and how rare each word is in the training data.

    Attributes:
        row_by_word: Word to its row.
        directions: Unit vectors, the common part of all words taken off, (n_words, n) float16.
        rarity: Weight of a word by how few messages hold it; `unseen` for all others.
        unseen: Weight of a word that no training message holds.
    """

    row_by_word: Mapping[str, int]
    directions: np.ndarray
    rarity: Mapping[str, float]
    unseen: float

    @property
    def size(self) -> int:
        """Return the number of dimensions."""
        return int(self.directions.shape[1])

    def sentence(self, words: Iterable[str]) -> np.ndarray:
        """Return the direction of a message, (n,) float32 of length 1; zeros when no word is known.

        A word without a vector counts by its single signs.
        """
        total = np.zeros(self.size, dtype=np.float32)
        for word in words:
            weight = self.rarity.get(word, self.unseen)
            for part in (word,) if word in self.row_by_word else word:
                row = self.row_by_word.get(part)
                if row is not None:
                    total += weight * self.directions[row]
        length = float(np.linalg.norm(total))
        return total / length if length > _TINY else total

    def sentences(self, messages: Iterable[Sequence[str]]) -> np.ndarray:
        """Return the directions of messages, (n_messages, n) float32."""
        return np.stack([self.sentence(words) for words in messages])

    def save(self, folder: Path) -> None:
        """Write everything into a folder."""
        names = {"words": list(self.row_by_word), "rarity": dict(self.rarity)}
        (folder / _WORDS_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / _ARRAYS_FILE, directions=self.directions, unseen=self.unseen)

    @classmethod
    def load(cls, folder: Path) -> WordVectors:
        """Read what `save` wrote."""
        names = json.loads((folder / _WORDS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS_FILE) as arrays:
            directions, unseen = arrays["directions"], float(arrays["unseen"])
        rows = {word: row for row, word in enumerate(names["words"])}
        return cls(rows, directions, names["rarity"], unseen)


def learn_vectors(path: Path, limit: int, messages: Sequence[Sequence[str]]) -> WordVectors:
    """Read vectors and learn from the training messages which words are rare.

    Args:
        path: See `installed_vectors`.
        limit: Most frequent words to keep.
        messages: The words of each training message.
    """
    words, rows = read_word2vec(path, limit)
    row_by_word = {word: row for row, word in enumerate(words)}
    seen = Counter(word for message in messages for word in set(message))
    common = rows[[row_by_word[word] for word in seen if word in row_by_word]]
    rows -= common.mean(axis=0) if len(common) else 0
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + _TINY
    total = len(messages) + 1
    rarity = {word: math.log(total / (count + 1)) + _EVERY_WORD for word, count in seen.items()}
    return WordVectors(row_by_word, rows.astype(np.float16), rarity, math.log(total) + _EVERY_WORD)
