"""Words of two signs that are typed by their sound: 注肖 is 注销, 发飘 is 发票.

Names of three signs and more are known by their sound as they are (`bot/nlu/lexicon.py`). Two signs
sound like much else: only words of a list are put right, with one of their signs as it should be,
where what stands there is no word and neither sign belongs to its neighbour.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypinyin

from bot.nlu.sounds import MEANT, SMALL_WORDS, is_word, sounds
from bot.nlu.text import normalise

FILE = "slips.txt"

SIZE = 2
"""Signs of each word."""

BESIDE = 50
"""Count in jieba's dictionary from which on a sign belongs to its neighbour: 不能主[销售]."""


@dataclass(frozen=True)
class Slips:
    """Puts words right.

    Attributes:
        words: Each of two signs.
        kept: Pairs of signs that only look like a slip.
    """

    words: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    _by_sound: Mapping[tuple[str, ...], list[str]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        by_sound: dict[tuple[str, ...], list[str]] = {}
        for word in self.words:
            by_sound.setdefault(sounds(word), []).append(word)
        object.__setattr__(self, "_by_sound", by_sound)

    def mended(self, text: str) -> str:
        """Return a text with its slips put right, of the same length."""
        folded, found = normalise(text), list(text)
        heard = sounds(folded)
        for at in range(len(text) - 1):
            words = self._by_sound.get(heard[at : at + SIZE])
            word = self._meant(folded, at, words) if words else None
            if word is not None:
                found[at : at + SIZE] = word
        return "".join(found)

    def _meant(self, text: str, at: int, words: Sequence[str]) -> str | None:
        """Return which of some words that sound so is meant at a place; None when none is."""
        pair = text[at : at + SIZE]
        if pair in words or pair in self.kept or is_word(pair, 1):
            return None
        if is_word(text[max(0, at - 1) : at + 1], BESIDE) or is_word(text[at + 1 : at + 3], BESIDE):
            return None
        near = [word for word in words if _is_slip(word, pair)]
        exact = [word for word in near if _spelt(word) == _spelt(pair)]
        likely = exact or near
        return likely[0] if len(likely) == 1 else None


def _is_slip(word: str, pair: str) -> bool:
    """Tell whether one of two signs is another than in the word, and no sign with a say."""
    wrong = {b for a, b in zip(word, pair, strict=True) if a != b}
    return len(wrong) == 1 and not wrong & (MEANT | SMALL_WORDS)


def _spelt(pair: str) -> list[str]:
    spelt: list[str] = pypinyin.lazy_pinyin(pair)
    return spelt


def read_slips(lines: Iterable[str]) -> Slips:
    """Read the list: a word a line, `not` before pairs that are kept, `#` before remarks."""
    words, kept = [], set()
    for line in lines:
        first, *rest = line.split() or ("#",)
        if first == "not":
            kept |= set(rest)
        elif not first.startswith("#"):
            words.append(first)
    return Slips(tuple(words), frozenset(kept))


def slips_of(folder: Path | None) -> Slips:
    """Return the slips of a folder of lists; those of a folder without the file are none."""
    path = folder / FILE if folder else None
    if path is None or not path.exists():
        return Slips()
    return read_slips(path.read_text(encoding="utf-8").splitlines())


def keep_slips(slips: Slips, folder: Path) -> None:
    """Write the list into the folder of a model, where `slips_of` finds it."""
    lines = (*slips.words, " ".join(("not", *sorted(slips.kept))))
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
