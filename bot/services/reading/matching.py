"""Matching of what people type with the names of things: tolerant of typos, sound and filler words.

Three looks, best one wins: the same characters (whole, then contained), shared characters weighted
by how rare they are, and the same sound (pinyin), because most Chinese typos are homophones.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz

from bot.services.reading.wording import core, letters, normalise, sound

_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_MIN_SOUND = 3
_MIN_LETTERS = 4
_MAX_OWNERS = 12
_DIGITS = 6

REMEMBERED = 64
"""Texts whose matches an index remembers."""


class Level(Enum):
    """How a match was found, from certain to guessed."""

    EXACT = "exact"
    CONTAINED = "contained"
    FUZZY = "fuzzy"


@dataclass(frozen=True)
class Match:
    """One candidate.

    Attributes:
        entry_id: Id of the thing found.
        phrase: The name or alias that matched, as in the catalogue.
        score: 0 to 1; comparable within one search only.
        level: How it was found.
    """

    entry_id: str
    phrase: str
    score: float
    level: Level


@dataclass(frozen=True)
class Synonyms:
    """Groups of words that mean the same to people who ask.

    Attributes:
        matters: In questions about matters.
        materials: Of documents.
        policies: Of the topics of policies.
    """

    matters: tuple[tuple[str, ...], ...] = ()
    materials: tuple[tuple[str, ...], ...] = ()
    policies: tuple[tuple[str, ...], ...] = ()


def rivals(matches: list[Match], margin: float = 0.06) -> list[Match]:
    """Return the candidates among which a person should be asked to choose.

    Args:
        matches: Result of a search, best first.
        margin: Candidates this close to the best are as good as the best.

    Returns:
        All candidates close to the best; only the best when it alone is exact; [] for [].
    """
    close = [match for match in matches if match.score >= matches[0].score - margin]
    exact = [match for match in close if match.level is Level.EXACT]
    return exact or close


@dataclass(frozen=True)
class _Phrase:
    entry_id: str
    written: str
    normalised: str
    core: str
    grams: frozenset[str]
    sound: tuple[str, ...]
    spelled: str
    weight: float = 0.0


def _grams(text: str) -> frozenset[str]:
    return frozenset([*text, *(text[at : at + 2] for at in range(len(text) - 1))])


def _prepare(entry_id: str, written: str) -> _Phrase:
    normalised = normalise(written)
    inner = core(normalised)
    syllables = sound(inner)
    spelled = f" {' '.join(syllables)} "
    return _Phrase(entry_id, written, normalised, inner, _grams(inner), syllables, spelled)


class PhraseIndex:
    """Names of one kind of thing, ready to be searched; immutable after construction.

    Args:
        phrases: (entry id, name or alias) pairs; an entry may have many. Names with an explanation
            in brackets are found with and without it.
        whole_questions: Texts are questions, and all their words count; else a name is looked for
            in the text, and the words around it do not matter.
    """

    def __init__(
        self, phrases: Iterable[tuple[str, str]], *, whole_questions: bool = False
    ) -> None:
        self._is_for_questions = whole_questions
        self._contained_base = 0.50 if whole_questions else 0.70
        self._context_weight = 0.30 if whole_questions else 0.10
        unweighed = tuple(self._expand(phrases))
        owners: dict[str, set[str]] = {}
        for phrase in unweighed:
            for gram in phrase.grams:
                owners.setdefault(gram, set()).add(phrase.entry_id)
        count = len({phrase.entry_id for phrase in unweighed})
        self._weights = {gram: math.log(1 + count / len(ids)) for gram, ids in owners.items()}
        self._unknown_weight = math.log(1 + count)
        self._phrases = tuple(self._weighed(phrase) for phrase in unweighed)
        self._found = lru_cache(REMEMBERED)(self._find)
        self._vocabulary: dict[str, frozenset[str]] = {}
        for phrase in self._phrases:
            known = self._vocabulary.get(phrase.entry_id, frozenset())
            self._vocabulary[phrase.entry_id] = known | phrase.grams

    @staticmethod
    def _expand(phrases: Iterable[tuple[str, str]]) -> Iterator[_Phrase]:
        pairs = list(phrases)
        owners = {normalise(written): entry_id for entry_id, written in pairs}
        for entry_id, written in pairs:
            bare = _BRACKETS.sub("", written)
            variants = {written, bare, *(part for part in re.split("[/、]", bare) if len(part) > 3)}  # noqa: PLR2004
            for text in sorted(variants):
                if owners.get(normalise(text), entry_id) == entry_id and normalise(text):
                    yield _prepare(entry_id, text)

    def search(self, text: str, limit: int = 5, floor: float = 0.40) -> list[Match]:
        """Return the best candidates, one for each entry, best first.

        Args:
            text: What a person typed: a name, or a whole question.
            limit: Most candidates to return.
            floor: Candidates with a lower score are noise and left out.

        Returns:
            At most `limit` candidates; O(phrases), but for a text that was just looked for: a
            turn asks of its text and of its clauses several times.
        """
        return list(self._found(text, floor)[:limit])

    def _find(self, text: str, floor: float) -> list[Match]:
        query = self._weighed(_prepare("", text))
        if not query.normalised:
            return []
        found = self._search(query, floor)
        if not found and self._is_for_questions:
            topic = self._rarest_part(query.core)
            found = [
                replace(match, score=0.5 * match.score) for match in self._search(topic, floor)
            ]
        return found

    def _search(self, query: _Phrase, floor: float) -> list[Match]:
        best: dict[str, Match] = {}
        for phrase in self._phrases:
            score, level = self._judge(query, phrase)
            known = best.get(phrase.entry_id)
            if score > 0 and (known is None or score > known.score):
                best[phrase.entry_id] = Match(phrase.entry_id, phrase.written, score, level)
        weighed = (self._with_context(match, query) for match in best.values())
        ranked = sorted(
            (match for match in weighed if match.score >= floor), key=lambda match: -match.score
        )
        return _without_nested(ranked)

    def _rarest_part(self, text: str) -> _Phrase:
        """Return the two or more characters of a text that say most about a few entries."""
        parts = (text[at : at + size] for size in (4, 3, 2) for at in range(len(text) - size + 1))
        owners = {
            part: len({phrase.entry_id for phrase in self._phrases if part in phrase.core})
            for part in parts
        }
        rare = [part for part, count in owners.items() if 0 < count <= _MAX_OWNERS]
        best = max(rare, key=lambda part: (len(part), -owners[part]), default="")
        return self._weighed(_prepare("", best))

    def _with_context(self, match: Match, query: _Phrase) -> Match:
        """Weigh in how much of the query any name of the entry speaks about."""
        if match.level is Level.EXACT or query.core.isascii():
            return match
        known = query.grams & self._vocabulary[match.entry_id]
        weight = self._context_weight
        score = (1 - weight) * match.score + weight * self._share(known, query)
        return replace(match, score=round(score, _DIGITS))

    def _judge(self, query: _Phrase, phrase: _Phrase) -> tuple[float, Level]:
        if query.normalised == phrase.normalised:
            return 1.0, Level.EXACT
        if query.core == phrase.core and len(query.core) > 1:
            return 0.97, Level.EXACT
        contained = self._contained(query, phrase)
        overlap = max(self._overlap(query, phrase), self._scattered(query, phrase))
        guessed = max(overlap, _sound_score(query, phrase))
        level = Level.CONTAINED if contained else Level.FUZZY
        return max(contained, guessed), level

    def _contained(self, query: _Phrase, phrase: _Phrase) -> float:
        if len(phrase.core) > 1 and _inside(phrase, query):
            share = self._share(phrase.grams, query)
            return self._contained_base + (0.95 - self._contained_base) * share
        if len(query.core) > 1 and _inside(query, phrase):
            return 0.60 + 0.30 * self._share(query.grams, phrase)
        return 0.0

    def _overlap(self, query: _Phrase, phrase: _Phrase) -> float:
        common = query.grams & phrase.grams
        if not common or min(len(query.core), len(phrase.core)) == 1:
            return 0.0
        return 0.90 * 2 * self._weight(common) / (query.weight + phrase.weight)

    def _scattered(self, query: _Phrase, phrase: _Phrase) -> float:
        """Judge a phrase whose words stand apart in the query: 公司好几年没经营想注销."""
        if len(phrase.core) < _MIN_SOUND or not set(phrase.core) <= set(query.core):
            return 0.0
        covered = self._share(query.grams & phrase.grams, phrase)
        if covered < 0.6:  # noqa: PLR2004 - below, characters agree by chance
            return 0.0
        share = self._share(phrase.grams, query)
        return covered * (self._contained_base + (0.95 - self._contained_base) * share)

    def _share(self, part: frozenset[str], whole: _Phrase) -> float:
        return min(1.0, self._weight(part) / (whole.weight or 1.0))

    def _weight(self, grams: frozenset[str]) -> float:
        return sum(self._weights.get(gram, self._unknown_weight) for gram in grams)

    def _weighed(self, phrase: _Phrase) -> _Phrase:
        return replace(phrase, weight=self._weight(phrase.grams))


def _inside(part: _Phrase, whole: _Phrase) -> bool:
    return part.normalised in whole.normalised or part.core in whole.core


def _sound_score(query: _Phrase, phrase: _Phrase) -> float:
    if query.core.isascii() and len(query.core) >= _MIN_LETTERS:
        return 0.9 * fuzz.ratio(query.core, letters(phrase.core)) / 100
    if min(len(query.sound), len(phrase.sound)) < _MIN_SOUND:
        return 0.9 if query.sound == phrase.sound and len(query.sound) > 1 else 0.0
    if query.sound == phrase.sound:
        return 0.94
    if phrase.spelled in query.spelled:
        return 0.68 + 0.25 * len(phrase.sound) / len(query.sound)
    ratio = fuzz.ratio(query.sound, phrase.sound) / 100
    return 0.88 * ratio if ratio > 0.7 else 0.0  # noqa: PLR2004 - below, sounds agree by chance


def _without_nested(ranked: list[Match]) -> list[Match]:
    """Drop what was only found inside the longer name of something else (公司 in 分公司)."""
    kept: list[Match] = []
    for match in ranked:
        is_nested = match.level is Level.CONTAINED and any(
            other.level is not Level.FUZZY and match.phrase in other.phrase != match.phrase
            for other in kept
        )
        if not is_nested:
            kept.append(match)
    return kept
