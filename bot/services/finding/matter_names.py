"""Finds names of matters in a text: as written, by their sound, and nearly so."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.services.reading.wording import core, letters, normalise, sound

_SHORTEST = 2
_SHORTEST_SOUND = 3
_SHORTEST_LETTERS = 5
_LONGEST_FUZZY = 12
"""Characters up to which a text may be one misspelt name."""

_START, _START_SOUND = 2, 6
"""Characters of a name, as written and as spelled, by which it is looked up before it is compared;
each name has as many."""

_FUZZY_CUTOFF = 74.0
_SAME_LETTERS = 92.0
EXACT = 1.0
SAME_SOUND = 0.94
_CONTAINED = 0.8
_SOUND_CONTAINED = 0.65
_FUZZY = 0.85


@dataclass(frozen=True)
class _Name:
    entry_id: str
    core: str
    spelled: str


_Starts = Mapping[str, Sequence[_Name]]
"""Names by the first signs of them."""


class NameIndex:
    """Names and aliases, ready to be searched; immutable after construction.

    Args:
        names: (entry id, name or alias) pairs; an entry may have many.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, list[str]] = {}
        self._sounds: dict[str, list[str]] = {}
        self._names: list[_Name] = []
        for entry_id, written in names:
            plain = normalise(written)
            inner = core(plain)
            spelled = _spelled(inner)
            for key in {plain, inner}:
                self._exact.setdefault(key, []).append(entry_id)
            self._sounds.setdefault(spelled, []).append(entry_id)
            self._names.append(_Name(entry_id, inner, spelled))
        self._written = _by_start(self._names, _SHORTEST, lambda name: name.core[:_START])
        self._spoken = _by_start(
            self._names, _SHORTEST_SOUND, lambda name: name.spelled[:_START_SOUND]
        )
        self._letters = [letters(name.core) for name in self._names]
        self._syllables = [sound(name.core) for name in self._names]

    def scores(self, text: str) -> dict[str, float]:
        """Return how far each entry is named by a text, above 0 to 1; 1 for its very name.

        Cost: O(names), about a millisecond for a thousand.
        """
        plain = normalise(text)
        inner = core(plain)
        exact = self._exact.get(plain) or self._exact.get(inner)
        if exact:
            return dict.fromkeys(exact, EXACT)
        spelled = _spelled(inner)
        if len(inner) > 1 and spelled in self._sounds:
            return dict.fromkeys(self._sounds[spelled], SAME_SOUND)
        found: dict[str, float] = {}
        if inner.isascii() and len(inner) >= _SHORTEST_LETTERS:
            typed = process.extractOne(inner, self._letters, scorer=fuzz.ratio)
            if typed is not None and typed[1] >= _SAME_LETTERS:
                return {self._names[typed[2]].entry_id: SAME_SOUND}
        for entry_id, score in (*self._within(inner, spelled), *self._near(inner)):
            found[entry_id] = max(score, found.get(entry_id, 0.0))
        return found

    def of(self, entry_id: str) -> list[_Name]:
        """Return the names of one entry."""
        return [name for name in self._names if name.entry_id == entry_id]

    def _within(self, inner: str, spelled: str) -> list[tuple[str, float]]:
        """Return names that stand inside the text; of nested ones only the longest."""
        size = len(inner)
        written = [name for name in _begun(inner, self._written, _START) if name.core in inner]
        likely = _begun(spelled, self._spoken, _START_SOUND)
        spoken = [name for name in likely if name.spelled in spelled]
        outer = {name.core for name in written}
        found = []
        for name in (*written, *spoken):
            if not any(name.core in other and name.core != other for other in outer):
                base = _CONTAINED if name.core in outer else _SOUND_CONTAINED
                found.append((name.entry_id, base * min(1.0, len(name.core) / size)))
        return found

    def _near(self, inner: str) -> list[tuple[str, float]]:
        """Return names that a short text nearly sounds like."""
        if not _SHORTEST_SOUND <= len(inner) <= _LONGEST_FUZZY:
            return []
        hits = process.extract(
            sound(inner), self._syllables, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF, limit=5
        )
        return [(self._names[at].entry_id, _FUZZY * score / 100) for _, score, at in hits]


def _by_start(names: Iterable[_Name], shortest: int, start: Callable[[_Name], str]) -> _Starts:
    """Return names of at least so many signs by the start of how they are written or spelled."""
    starts: dict[str, list[_Name]] = {}
    for name in names:
        if len(name.core) >= shortest:
            starts.setdefault(start(name), []).append(name)
    return starts


def _begun(text: str, starts: _Starts, size: int) -> Iterator[_Name]:
    """Yield the names whose start, of so many characters, is anywhere in a text, each once."""
    for start in {text[at : at + size] for at in range(len(text) - size + 1)}:
        yield from starts.get(start, ())


def _spelled(inner: str) -> str:
    return f" {' '.join(sound(inner))} "
