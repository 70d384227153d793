"""Turn a message into weighted n-grams, seen in four ways.

- `c`: characters as written (simplified, half width);
- `e`: characters with each known entity shrunk to one sign, so that 「X怎么办」 is learnt once;
- `k`: the concepts of the message, so that 「几天」 and 「多久」 are learnt together;
- `p`: toneless syllables, so that a homophone typed by mistake still counts.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pypinyin
import scipy.sparse as sp

from bot.nlu.concepts import Concepts
from bot.nlu.spans import Span
from bot.nlu.text import normalise

# Longest n-gram of a view, and how much the view counts.
_LONGEST = {"c": 4, "e": 4, "p": 3}
_SHARE = {"c": 1.0, "e": 1.0, "k": 0.6, "p": 0.7}
_SILENT = frozenset(" \t\r\n,，。!！?？.、~～…;；:：\"'“”「」()（）-—_")
_SHORTEST_CORE = 5
_EDGE_LEFT, _EDGE_RIGHT = "^", "$"
# One private-use character an entity; a new entity gets the next one.
_FIRST_SIGN = 0xE000
_ENTITIES = (
    "case_number",
    "company_name",
    "credit_code",
    "date",
    "district",
    "enterprise_type",
    "id_number",
    "industry",
    "material",
    "matter",
    "phone",
    "project_type",
    "rating",
    "service_mode",
    "ticket_number",
    "time",
)
_SIGNS = {name: chr(_FIRST_SIGN + number) for number, name in enumerate(_ENTITIES)}


@lru_cache(maxsize=16384)
def _syllable(character: str) -> str:
    return str(pypinyin.lazy_pinyin(character)[0])


def _units(text: str) -> list[str]:
    """Return the characters of a text; each stretch of silence becomes one space."""
    units: list[str] = []
    for character in text:
        silent = character in _SILENT
        if silent and (not units or units[-1] == " "):
            continue
        units.append(" " if silent else character)
    while units and units[-1] == " ":
        units.pop()
    return units


def _grams(units: Sequence[str], longest: int, joint: str) -> Counter[str]:
    framed = [_EDGE_LEFT, *units, _EDGE_RIGHT]
    grams: Counter[str] = Counter()
    for size in range(1, longest + 1):
        for start in range(len(framed) - size + 1):
            grams[joint.join(framed[start : start + size])] += 1
    return grams


def without_courtesy(folded: str) -> tuple[int, int]:
    """Return the stretch of a text that is left without greeting in front and thanks behind.

    A text that is nothing but courtesy is left whole: then courtesy is the message.
    """
    start, end = 0, len(folded)
    front = _courtesy_in_front().match(folded)
    if front and len(folded) - front.end() >= _SHORTEST_CORE:
        start = front.end()
    behind = _courtesy_behind().search(folded, start)
    if behind and behind.start() - start >= _SHORTEST_CORE:
        end = behind.start()
    return start, end


@lru_cache(maxsize=1)
def _courtesy_in_front() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:你好|您好|哈喽|在吗|小二|请问一?下?|打扰一?下?|老师|同志"
        r"|(?:我|俺)?想?(?:咨询|问|请教)一?下|麻烦问一?下|(?:我|俺)想问问?)[啊呀哈呢]?"
        r"[,，。!！ ~]*)+"
    )


@lru_cache(maxsize=1)
def _courtesy_behind() -> re.Pattern[str]:
    return re.compile(
        r"[,，。!！?？ ]+(?:谢谢|谢了|多谢|感谢|麻烦了|拜托了?)[你您啦了哦啊!！。~]*$"
    )


def count_ngrams(text: str, spans: Sequence[Span], concepts: Concepts) -> dict[str, Counter[str]]:
    """Count the n-grams of a message by view.

    Args:
        text: The message as written.
        spans: Entities known from form or lexicon, not overlapping, ordered by start.
        concepts: Wordings of the same idea.

    Returns:
        View name to n-gram counts. An empty text still has the n-grams of its two edges.
    """
    folded = normalise(text)
    first, last = without_courtesy(folded)
    folded, text = folded[first:last], text[first:last]
    spans = [
        Span(span.start - first, span.end - first, span.entity, span.rank)
        for span in spans
        if first <= span.start and span.end <= last
    ]
    signs, position = "", 0
    for span in spans:
        signs += folded[position : span.start] + _SIGNS.get(span.entity, "")
        position = span.end
    signs += folded[position:]
    written = _units(folded)
    spoken = [_syllable(unit) for unit in written if unit != " "]
    return {
        "c": _grams(written, _LONGEST["c"], ""),
        "e": _grams(_units(signs), _LONGEST["e"], ""),
        "k": concepts.count(text, spans),
        "p": _grams(spoken, _LONGEST["p"], " "),
    }


@dataclass(frozen=True)
class Vocabulary:
    """The n-grams that a model knows.

    Attributes:
        column_by_gram: `view:gram` to its column.
        rarity: Inverse document frequency by column, (n_columns,) float32.
    """

    column_by_gram: Mapping[str, int]
    rarity: np.ndarray

    def vector(self, counts: Mapping[str, Mapping[str, int]]) -> tuple[np.ndarray, np.ndarray]:
        """Return columns and weights of a message, each view scaled to its own length.

        Returns:
            Columns, (n_known,) int64, and weights, (n_known,) float32; empty for no known n-gram.
        """
        columns: list[int] = []
        weights: list[float] = []
        for view, grams in counts.items():
            known = [
                (column, (1 + math.log(count)) * float(self.rarity[column]))
                for gram, count in grams.items()
                if (column := self.column_by_gram.get(f"{view}:{gram}")) is not None
            ]
            norm = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
            scale = _SHARE[view] / norm
            columns.extend(column for column, _ in known)
            weights.extend(weight * scale for _, weight in known)
        return np.asarray(columns, dtype=np.int64), np.asarray(weights, dtype=np.float32)

    def matrix(self, messages: Sequence[Mapping[str, Mapping[str, int]]]) -> sp.csr_matrix:
        """Return the messages as rows, (n_messages, n_columns) float32."""
        rows = [self.vector(counts) for counts in messages]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        shape = (len(rows), len(self.column_by_gram))
        rows_columns = (weights, columns, starts)
        return sp.csr_matrix(rows_columns, shape=shape, dtype=np.float32)


def learn_vocabulary(
    messages: Sequence[Mapping[str, Mapping[str, int]]], min_messages: int
) -> Vocabulary:
    """Collect the n-grams that occur in at least `min_messages` messages."""
    seen: Counter[str] = Counter()
    for counts in messages:
        seen.update(f"{view}:{gram}" for view, grams in counts.items() for gram in grams)
    grams = sorted(gram for gram, number in seen.items() if number >= min_messages)
    frequency = np.asarray([seen[gram] for gram in grams], dtype=np.float32)
    rarity = np.log((1 + len(messages)) / (1 + frequency)) + 1
    return Vocabulary({gram: column for column, gram in enumerate(grams)}, rarity)
