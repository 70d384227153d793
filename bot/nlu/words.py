"""jieba's dictionary in a trained model: mapped into memory instead of read into it.

jieba knows half a million words and beginnings of words. As a dictionary of Python's they take
70 MB of each process and, from jieba's own cache, half a second of each start, while a message asks
for a few dozen of them. A model keeps them as a trie (`marisa_trie`) with a count for each, 5 MB on
disk, of which only the pages that are asked for come into memory. Whoever trains, or splits
sentences without a model, has jieba's own dictionary.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import jieba
import marisa_trie
import numpy as np
import numpy.typing as npt

_WORDS, _COUNTS, _TOTAL = "words.marisa", "counts.npy", "total.json"


class WordCounts(Mapping[str, int]):
    """How often jieba has met each word; 0 for what is only the beginning of one.

    Args:
        words: All of them.
        counts: By the number that the trie gives a word, (n_words,) int32.
    """

    def __init__(self, words: marisa_trie.Trie, counts: npt.NDArray[np.int32]) -> None:
        self._words = words
        self._counts = counts

    def __getitem__(self, word: str) -> int:
        """Return the count of a word.

        Raises:
            KeyError: It is not in the dictionary.
        """
        with suppress(UnicodeEncodeError):  # half of a pair of UTF-16 is in no word
            return int(self._counts[self._words[word]])
        raise KeyError(word)

    def __contains__(self, word: object) -> bool:
        """Tell whether it is a word or the beginning of one."""
        with suppress(UnicodeEncodeError):
            return word in self._words
        return False

    def __iter__(self) -> Iterator[str]:
        """Yield all words and beginnings."""
        return iter(self._words)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._counts)


def learn(folder: Path) -> None:
    """Let jieba have its own dictionary and the words of the files of a folder (`*.txt`)."""
    if not isinstance(jieba.dt.FREQ, dict):
        jieba.dt.initialized = False  # that of a model takes no words
    for dictionary in sorted(folder.glob("*.txt")):
        with dictionary.open("rb") as words:
            jieba.load_userdict(words)


def keep(folder: Path) -> None:
    """Write what jieba has learnt into a folder of a model, which exists."""
    jieba.dt.check_initialized()
    known = jieba.dt.FREQ
    words = marisa_trie.Trie(known)
    counts = np.zeros(len(words), dtype=np.int32)
    for word, count in known.items():
        counts[words[word]] = count
    words.save(str(folder / _WORDS))
    np.save(folder / _COUNTS, counts)
    (folder / _TOTAL).write_text(json.dumps(jieba.dt.total), encoding="utf-8")


def use(folder: Path) -> None:
    """Let jieba split by what a model has kept; the files may go, they stay mapped."""
    words = marisa_trie.Trie().mmap(str(folder / _WORDS))
    # a plain array upon the map: numpy asks its memmap class again for each number
    counts = np.asarray(np.load(folder / _COUNTS, mmap_mode="r"))
    total = json.loads((folder / _TOTAL).read_text(encoding="utf-8"))
    with jieba.dt.lock:
        jieba.dt.FREQ = WordCounts(words, counts)  # type: ignore[assignment]  # it only reads
        jieba.dt.total = total
        jieba.dt.initialized = True
