"""Find known names (matters, trades, districts, …) in a message by the longest match."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.nlu.sounds import MEANT, SMALL_WORDS, is_word, sounds
from bot.nlu.spans import Span
from bot.nlu.text import normalise

HAND_KEPT = Path("jieba") / "hand.txt"
BROAD = Path("broad")
SHORTEST_BY_SOUND = 3
"""Shorter names sound like too many other words to be recognised by their sound."""

SAME_SIGNS = 0.5
"""Share of the signs of a misspelt name that are right at least: 营业执找 is 营业执照."""

_COUNTED = re.compile(r"[个家间张]$")
_AFTER_NAME = re.compile(r"[吧呗啊呀呢嘛的要得需，,。.！!？?、\s]|$")


@dataclass(frozen=True)
class Lexicon:
    """Names and the entities they may stand for.

    Attributes:
        entities_by_name: Normalised name to its entities, the likeliest first. An empty tuple
            marks a word that is no entity itself and hides the names inside it
            (高新技术企业 hides 高新).
    """

    entities_by_name: Mapping[str, tuple[str, ...]]
    _longest: int = field(init=False)
    _names_by_sound: Mapping[tuple[str, ...], list[str]] = field(init=False)
    _short_by_sound: Mapping[tuple[str, ...], list[str]] = field(init=False)

    def __post_init__(self) -> None:
        longest = max(map(len, self.entities_by_name), default=0)
        by_sound: dict[tuple[str, ...], list[str]] = {}
        short: dict[tuple[str, ...], list[str]] = {}
        for name, entities in self.entities_by_name.items():
            if entities and len(name) >= SHORTEST_BY_SOUND and not name.isascii():
                by_sound.setdefault(sounds(name), []).append(name)
            elif entities and len(name) == SHORTEST_BY_SOUND - 1 and not name.isascii():
                short.setdefault(sounds(name), []).append(name)
        object.__setattr__(self, "_longest", longest)
        object.__setattr__(self, "_names_by_sound", by_sound)
        object.__setattr__(self, "_short_by_sound", short)

    def find(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return (start, end, entities) of the longest names, left to right, not overlapping.

        A name typed by its sound (营业执找) counts when it is longer than any name as written.
        O(length of the text × length of the longest name).
        """
        return [(start, start + len(name), e) for start, name, e in self._named(normalise(text))]

    def repaired(self, text: str) -> str:
        """Return the text with every name that is typed by its sound as it is written.

        The length stays, so that an offset into the one is an offset into the other.
        """
        folded, mended = normalise(text), list(text)
        for start, name, _ in self._named(folded):
            if folded[start : start + len(name)] != name:
                mended[start : start + len(name)] = name
        return "".join(mended)

    def _named(self, folded: str) -> list[tuple[int, str, tuple[str, ...]]]:
        """Return (start, name as it is written, entities) of the names in a normalised text."""
        heard = sounds(folded)
        found: list[tuple[int, str, tuple[str, ...]]] = []
        start = 0
        while start < len(folded):
            end = self._longest_end(folded, start)
            meant = self._by_sound(folded, heard, start, end or start)
            if meant is None and end is None:
                meant = self._short_name(folded, heard, start)
            name = meant or folded[start : end or start]
            if not name:
                start += 1
                continue
            if self.entities_by_name[name]:
                found.append((start, name, self.entities_by_name[name]))
            start += len(name)
        return found

    def _short_name(self, folded: str, heard: Sequence[str], start: int) -> str | None:
        """Return the name of two signs that is counted and sounds so: 开个[要店]."""
        end = start + SHORTEST_BY_SOUND - 1
        is_counted = _COUNTED.search(folded[:start]) and _AFTER_NAME.match(folded[end:])
        if not is_counted or is_word(folded[start:end], 1):
            return None
        names = self._short_by_sound.get(tuple(heard[start:end]), ())
        same = (sum(a == b for a, b in zip(name, folded[start:end], strict=True)) for name in names)
        right = next((name for name, count in zip(names, same, strict=True) if count), None)
        return None if SMALL_WORDS.intersection(folded[start:end]) else right

    def spans(self, text: str, rank: int) -> list[Span]:
        """Return the matches as spans, each with its likeliest entity."""
        return [Span(start, end, names[0], rank) for start, end, names in self.find(text)]

    def _longest_end(self, folded: str, start: int) -> int | None:
        for end in range(min(len(folded), start + self._longest), start, -1):
            name = folded[start:end]
            if name in self.entities_by_name and not _cuts_latin(folded, start, end):
                return end
        return None

    def _by_sound(self, folded: str, heard: Sequence[str], start: int, after: int) -> str | None:
        """Return the longest name that sounds like the text at `start` and ends behind `after`."""
        shortest = max(SHORTEST_BY_SOUND, after - start + 1)
        for length in range(min(self._longest, len(folded) - start), shortest - 1, -1):
            for name in self._names_by_sound.get(tuple(heard[start : start + length]), ()):
                said = folded[start : start + length]
                if _is_misspelt(name, said) and not (
                    is_word(folded[start + length - 1 : start + length + 1])
                    or (start and is_word(folded[start - 1 : start + 1]))
                    or _cuts_latin(folded, start, start + length)
                    or _breaks_words(name, folded, start)
                ):
                    return name
        return None

    def to_json(self) -> str:
        """Return the lexicon as one JSON object, for the model archive."""
        return json.dumps(self.entities_by_name, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Lexicon":
        """Build a lexicon from the answer of `to_json`."""
        return cls({name: tuple(entities) for name, entities in json.loads(text).items()})


def _is_misspelt(name: str, said: str) -> bool:
    """Tell whether a text that sounds like a name is that name, mistyped."""
    wrong = [b for a, b in zip(name, said, strict=True) if a != b]
    return len(wrong) <= SAME_SIGNS * len(name) and not MEANT.intersection(wrong)


def _breaks_words(name: str, folded: str, start: int) -> bool:
    """Tell whether a sign that seems wrong is part of an everyday word: 家[饭店] is no 家纺店."""
    wrong = [start + i for i, sign in enumerate(name) if folded[start + i] != sign]
    return any(
        is_word(folded[max(0, at - before) : at - before + size])
        for at in wrong
        for size, before in ((2, 0), (2, 1), (3, 1), (3, 2), (4, 3))
    )


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Tell whether the stretch begins or ends in the middle of a Latin word or number."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    return (_is_latin(first) and _is_latin(before)) or (_is_latin(last) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def read_lexicon(folder: Path, entities: Iterable[str], skip: str | None = None) -> Lexicon:
    """Read the name lists of a folder.

    `<entity>.txt` holds one name a line, and so does `broad/<entity>.txt`: names that people say
    and the catalogue need not know; what another list holds stays what it is. `jieba/hand.txt`
    holds `word frequency tag`; a tag that is an entity files the word under it, any other tag
    makes the word hide the names inside it.

    Args:
        folder: The lexicon folder.
        entities: Entities to read, in the order of precedence for a name found in several lists.
        skip: Expression of names in the lists that are wordings of a wish (开网吧, 能开专票吗)
            rather than names. It does not touch the hand-kept words.

    Returns:
        The lexicon; empty for a folder without lists.
    """
    order = list(entities)
    found: dict[str, list[str]] = {}
    for word, tag in _hand_kept(folder / HAND_KEPT):
        names = found.setdefault(word, [])
        if tag in order:
            names.append(tag)
    hand_kept = set(found)
    skipped = re.compile(skip) if skip else None
    for entity in order:
        for name in _lines(folder / f"{entity}.txt"):
            if name not in hand_kept and not (skipped and skipped.search(name)):
                found.setdefault(name, []).append(entity)
    for entity in order:
        for name in _lines(folder / BROAD / f"{entity}.txt"):
            found.setdefault(name, [entity])
    return Lexicon({name: tuple(dict.fromkeys(tags)) for name, tags in found.items()})


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [normalise(line) for line in lines if line and not line.startswith("#")]


def _hand_kept(path: Path) -> list[tuple[str, str]]:
    return [(word, rest[-1] if rest else "") for word, *rest in map(str.split, _lines(path))]
