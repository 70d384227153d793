"""Matching of what people type with the names of things: tolerant of typos, sound and filler words.

Three looks, best one wins: the same characters (whole, then contained), shared characters weighted
by how rare they are, and the same sound (pinyin), because most Chinese typos are homophones.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from opencc import OpenCC
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

_FILLERS = re.compile(
    "要办什么证|要办啥证|你好|您好|请问|问一下|想问|问问|我们|咱们|想要|打算|准备|需要|要不要|"
    "要办|要带|要交|要啥|要什么|怎么样|怎么|怎样|咋样|如何|什么|哪些|哪里|哪儿|几个|多少钱|多少|"
    "多久|几天|多长时间|办理|申请|办下来|能不能|可不可以|可以|能办|有没有|是不是|一下|一个|"
    "材料|资料|手续|流程|还没下来|还没有|没下来|"
    "(?<=[贷借修领交补挖刻盖建换改租买卖注])[点条些个下]|(?<!开)办(?![学公电])|"
    "(?<![书酒网清])吧|[我俺咱吗呢啊呀嘛咋啥哪的了弄搞想]"
)
_JUNK = re.compile(r"[^\w%]|_")
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_NEAR_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_MIN_SOUND = 3
_MIN_LETTERS = 4


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
        materials: Of documents.
        policies: Of the topics of policies.
    """

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


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")  # characters only: tw2sp would turn 文件 into 文档


def normalise(text: str) -> str:
    """Return a text in simplified characters, half width, lower case, without punctuation."""
    half_width = unicodedata.normalize("NFKC", text)
    return _JUNK.sub("", _simplifier().convert(half_width)).lower()


def core(normalised: str) -> str:
    """Return a normalised text without question and filler words; never empty unless it was."""
    return _FILLERS.sub("", normalised) or normalised


def sound(normalised: str) -> tuple[str, ...]:
    """Return the syllables of a text; near ones (zh/z, n/ng) are taken for the same."""
    # pypinyin also takes a list for what has no sound; its annotation forgets that
    syllables = lazy_pinyin(normalised, errors=list)  # type: ignore[arg-type]
    return tuple(_near(syllable) for syllable in syllables)


def _near(syllable: str) -> str:
    for exact, near in _NEAR_SOUNDS:
        if syllable.startswith(exact):
            syllable = near + syllable[len(exact) :]
    return syllable[:-1] if syllable.endswith("ng") else syllable


@dataclass(frozen=True)
class _Phrase:
    entry_id: str
    written: str
    normalised: str
    core: str
    grams: Counter[str]
    sound: tuple[str, ...]
    letters: str


def _grams(text: str) -> Counter[str]:
    return Counter([*text, *(text[at : at + 2] for at in range(len(text) - 1))])


def _prepare(entry_id: str, written: str) -> _Phrase:
    normalised = normalise(written)
    inner = core(normalised)
    syllables = sound(inner)
    grams = _grams(inner)
    return _Phrase(entry_id, written, normalised, inner, grams, syllables, "".join(syllables))


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
        self._contained_base = 0.50 if whole_questions else 0.70
        self._context_weight = 0.30 if whole_questions else 0.10
        self._phrases = tuple(self._expand(phrases))
        owners: dict[str, set[str]] = {}
        for phrase in self._phrases:
            for gram in phrase.grams:
                owners.setdefault(gram, set()).add(phrase.entry_id)
        count = len({phrase.entry_id for phrase in self._phrases})
        self._weights = {gram: math.log(1 + count / len(ids)) for gram, ids in owners.items()}
        self._unknown_weight = math.log(1 + count)
        self._vocabulary: dict[str, Counter[str]] = {}
        for phrase in self._phrases:
            self._vocabulary.setdefault(phrase.entry_id, Counter()).update(phrase.grams)

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
            At most `limit` candidates; O(phrases).
        """
        query = _prepare("", text)
        if not query.normalised:
            return []
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
        return _without_nested(ranked)[:limit]

    def _with_context(self, match: Match, query: _Phrase) -> Match:
        """Weigh in how much of the query any name of the entry speaks about."""
        if match.level is Level.EXACT or query.core.isascii():
            return match
        known = query.grams & self._vocabulary[match.entry_id]
        weight = self._context_weight
        score = (1 - weight) * match.score + weight * self._share(known, query.grams)
        return replace(match, score=score)

    def _judge(self, query: _Phrase, phrase: _Phrase) -> tuple[float, Level]:
        if query.normalised == phrase.normalised:
            return 1.0, Level.EXACT
        if query.core == phrase.core and len(query.core) > 1:
            return 0.97, Level.EXACT
        contained = self._contained(query, phrase)
        guessed = max(self._overlap(query, phrase), _sound_score(query, phrase))
        level = Level.CONTAINED if contained else Level.FUZZY
        return max(contained, guessed), level

    def _contained(self, query: _Phrase, phrase: _Phrase) -> float:
        if len(phrase.core) > 1 and _inside(phrase, query):
            share = self._share(phrase.grams, query.grams)
            return self._contained_base + (0.95 - self._contained_base) * share
        if len(query.core) > 1 and _inside(query, phrase):
            return 0.60 + 0.30 * self._share(query.grams, phrase.grams)
        return 0.0

    def _overlap(self, query: _Phrase, phrase: _Phrase) -> float:
        common = query.grams & phrase.grams
        if not common:
            return 0.0
        both = self._weight(query.grams) + self._weight(phrase.grams)
        return 0.90 * 2 * self._weight(common) / both

    def _share(self, part: Counter[str], whole: Counter[str]) -> float:
        return min(1.0, self._weight(part) / (self._weight(whole) or 1.0))

    def _weight(self, grams: Counter[str]) -> float:
        return sum(
            self._weights.get(gram, self._unknown_weight) * count for gram, count in grams.items()
        )


def _inside(part: _Phrase, whole: _Phrase) -> bool:
    return part.normalised in whole.normalised or part.core in whole.core


def _sound_score(query: _Phrase, phrase: _Phrase) -> float:
    if query.core.isascii() and len(query.core) >= _MIN_LETTERS:
        return 0.9 * fuzz.ratio(query.core, _plain_letters(phrase.core)) / 100
    if min(len(query.sound), len(phrase.sound)) < _MIN_SOUND:
        return 0.9 if query.sound == phrase.sound and len(query.sound) > 1 else 0.0
    if query.sound == phrase.sound:
        return 0.94
    if f" {' '.join(phrase.sound)} " in f" {' '.join(query.sound)} ":
        return 0.68 + 0.25 * len(phrase.sound) / len(query.sound)
    ratio = fuzz.ratio(query.sound, phrase.sound) / 100
    return 0.88 * ratio if ratio > 0.7 else 0.0  # noqa: PLR2004 - below, sounds agree by chance


@lru_cache(maxsize=8192)
def _plain_letters(text: str) -> str:
    return "".join(lazy_pinyin(text))


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
