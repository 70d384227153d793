"""Which texts tell the same story: likeness of two, the nearest of many, groups of all.

Two texts are alike by the rare characters in a row that they share (TF-IDF, cosine), by the
subjects and words they touch (`data/routing`), and by the places they name: the same complaint
about two different streets is two stories. Precision comes first: a wrong join misleads people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from bot.domain.routing import RoutingCategory
from bot.services.reading.word_finder import WordFinder
from bot.services.tickets.routing_model import squash

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Matrix = Any
"""A scipy CSR matrix; scipy of this age has no types."""

BUCKETS = 2**18
TEXT_WEIGHT = 0.5
SUBJECT_WEIGHT = 0.3
WORDS_WEIGHT = 0.15
PLACE_BONUS = 0.25
OTHER_PLACE = 0.45
OTHER_SUBJECT = 0.6
"""How the signals add up, and what is left where they disagree; measured, see docs/routing.md."""

LONG_ENOUGH = 33
SHORTEST = 0.5
"""Below so many pieces (18 characters) a text says too little: down to this share counts."""

KEYS = 24
"""Rarest pieces of a text by which its neighbours are looked for."""

COMMON = 2000
"""Pieces that more texts have are left out where candidates for a new text are looked for."""

MOST_CANDIDATES = 400
"""Texts that a new one is compared with in full."""

MOST_OWNERS = 120
"""A piece that more texts have finds nobody."""

_BLOCK = 4096
_NAME = 2
"""Characters of a place's name in front of its kind that are compared."""

_PLACE = re.compile(
    "[\u4e00-\u9fff]{2}(?:许可证|工业园|产业园|开发区|步行街|商业街|农贸市场|批发市场|收费站|小区|花园|家园|大厦|广场|"
    "大道|大街|社区|医院|中学|小学|学校|幼儿园|公园|市场|商城|景区|大桥|桥|路|街|巷|镇|乡|村|园区|证)(?![路街])"
)
"""A place or a certificate with two characters of its name."""

_NO_NAME = re.compile(
    "[我你他们这那该本全各每条个的在了和与及到从把被对向门前后旁边附近周围修住进出走过办领]{2}|"
    ".[公马道铁修堵绕断烂头线电水封改](?:路|桥)|.[农乡](?:村)|.[城集各乡](?:镇)|.[条上](?:街)|.[保认论考](?:证)"
)
"""What looks like a name and is none: 这条路, 门口道路, 农村."""


@dataclass(frozen=True)
class Similar:
    """A text that is like another.

    Attributes:
        index: Its place in the index.
        likeness: 0 to 1.
    """

    index: int
    likeness: float


class _Views(NamedTuple):
    """Features of texts, one row a text."""

    pieces: Matrix
    subjects: Matrix
    words: Matrix
    places: Matrix


class _Signals(NamedTuple):
    """Products of the views of two texts, (n_pairs,) each."""

    pieces: Floats
    subjects: Floats
    words: Floats
    places: Floats


class TextReader:
    """Turns texts into features.

    Args:
        categories: Their topics are the subjects; their sentences tell which pieces are common.
    """

    def __init__(self, categories: Sequence[RoutingCategory]) -> None:
        topics = [topic for category in categories for topic in category.topics]
        self._subjects: dict[str, set[int]] = {}
        for number, topic in enumerate(topics):
            for word in topic.words:
                self._subjects.setdefault(squash(word), set()).add(number)
        self._number = {word: at for at, word in enumerate(self._subjects)}
        self._finder = WordFinder(self._subjects)
        self._n_topics = len(topics)
        self._pieces = HashingVectorizer(
            analyzer="char",
            ngram_range=(2, 3),
            n_features=BUCKETS,
            norm=None,
            alternate_sign=False,
            dtype=np.float32,
        )
        self.background = [squash(s) for category in categories for s in category.sentences]

    def pieces(self, texts: Sequence[str]) -> Matrix:
        """Return counts of characters in a row, (n_texts, BUCKETS)."""
        if not texts:
            return csr_matrix((0, BUCKETS), dtype=np.float32)
        return self._pieces.transform([squash(text) for text in texts])

    def subjects(self, texts: Sequence[str]) -> Matrix:
        """Return which topics each text touches, rows of length 1, (n_texts, n_topics)."""
        rows = []
        for text in texts:
            words = self._finder.find(squash(text))
            rows.append(sorted({number for word in words for number in self._subjects[word]}))
        return _unit_rows(rows, self._n_topics)

    def words(self, texts: Sequence[str]) -> Matrix:
        """Return which known words each text holds, 1 or 0, (n_texts, n_words)."""
        rows = [
            sorted({self._number[word] for word in self._finder.find(squash(text))})
            for text in texts
        ]
        return _unit_rows(rows, len(self._number), is_unit=False)

    def places(self, texts: Sequence[str]) -> Matrix:
        """Return which places each text names, 1 or 0, (n_texts, BUCKETS)."""
        rows = [sorted({_bucket(place) for place in places_in(text)}) for text in texts]
        return _unit_rows(rows, BUCKETS, is_unit=False)


class SimilarIndex:
    """Texts that others are compared with; immutable.

    Args:
        reader: Turns texts into features.
        texts: What is indexed; may be empty.
    """

    def __init__(self, reader: TextReader, texts: Sequence[str]) -> None:
        self._reader = reader
        counts = reader.pieces(texts)
        common = reader.pieces(reader.background)
        self._rarity = TfidfTransformer().fit(vstack([counts, common])).idf_.astype(np.float32)
        self._pieces = self._weighted(counts)
        self._views = _Views(self._pieces, *_views(reader, texts))
        self._sizes = [_sizes(view) for view in self._views]
        self._by_piece = self._pieces.tocsc()

    def nearest(self, text: str, least: float, limit: int = 10) -> list[Similar]:
        """Return the texts that are at least so like, the likest first.

        Cost: O(texts that share a piece), some milliseconds for 120,000.
        """
        if not self._pieces.shape[0]:
            return []
        query = _Views(self._weighted(self._reader.pieces([text])), *_views(self._reader, [text]))
        near = self._candidates(query.pieces)
        products = _Signals(
            *(
                view[near] @ one.toarray().ravel()
                for view, one in zip(self._views, query, strict=True)
            )
        )
        sizes = [size[near] for size in self._sizes]
        likeness = _likeness(products, sizes, [_sizes(view)[0] for view in query])
        order = np.argsort(-likeness, kind="stable")[:limit]
        return [
            Similar(int(near[at]), float(likeness[at])) for at in order if likeness[at] >= least
        ]

    def _candidates(self, pieces: Matrix) -> Numbers:
        """Return the texts that share most of the rarer pieces, at most `MOST_CANDIDATES`."""
        shared = np.zeros(self._pieces.shape[0], dtype=np.float32)
        columns = self._by_piece
        owners = np.diff(columns.indptr)[pieces.indices]
        # where everything is common, the rarest ones must do
        least = max(COMMON, int(np.sort(owners)[: KEYS + 1][-1])) if len(owners) else 0
        for piece, weight in zip(pieces.indices, pieces.data, strict=True):
            start, end = columns.indptr[piece], columns.indptr[piece + 1]
            if end - start <= least:
                shared[columns.indices[start:end]] += weight * columns.data[start:end]
        found = np.flatnonzero(shared)
        if len(found) > MOST_CANDIDATES:
            best = np.argpartition(-shared[found], MOST_CANDIDATES)[:MOST_CANDIDATES]
            found = np.sort(found[best])
        return found.astype(np.int64)

    def pairs(self, least: float) -> tuple[Numbers, Numbers, Floats]:
        """Return pairs (first < second) that are at least so like, and how like they are.

        Neighbours are looked for by the rarest pieces of each text, so the cost grows with the
        texts and not with their square.
        """
        keys = self._keys()
        first, second = [], []
        by_key = keys.T.tocsr()
        for start in range(0, keys.shape[0], _BLOCK):
            met = (keys[start : start + _BLOCK] @ by_key).tocoo()
            rows = met.row.astype(np.int64) + start
            kept = (met.data >= 2) & (rows < met.col)  # noqa: PLR2004 - one piece is chance
            first.append(rows[kept])
            second.append(met.col[kept].astype(np.int64))
        one = np.concatenate(first) if first else np.zeros(0, dtype=np.int64)
        other = np.concatenate(second) if second else np.zeros(0, dtype=np.int64)
        likeness = self._likeness_of(one, other)
        kept = likeness >= least
        return one[kept], other[kept], likeness[kept]

    def groups(self, least: float) -> list[list[int]]:
        """Return groups of two or more, each around the text with the most neighbours; it is first.

        Every member is like the middle one, so that no chain leads from one story to another.
        """
        one, other, likeness = self.pairs(least)
        count = self._pieces.shape[0]
        shape = (count, count)
        near = csr_matrix(
            (np.concatenate([likeness] * 2), (np.r_[one, other], np.r_[other, one])), shape=shape
        )
        degrees = np.diff(near.indptr)
        is_free = np.ones(count, dtype=bool)
        groups = []
        for middle in np.argsort(-degrees, kind="stable"):
            if not degrees[middle]:
                break
            if not is_free[middle]:
                continue
            around = near.indices[near.indptr[middle] : near.indptr[middle + 1]]
            members = [int(at) for at in around if is_free[at]]
            if members:
                is_free[[int(middle), *members]] = False
                groups.append([int(middle), *sorted(members)])
        return groups

    def _weighted(self, counts: Matrix) -> Matrix:
        """Return rows of length 1; the transformer itself takes milliseconds for a single row."""
        weights = (1 + np.log(counts.data)) * self._rarity[counts.indices]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        lengths = np.sqrt(np.bincount(rows, weights * weights, counts.shape[0]))
        weights = (weights / lengths[rows]).astype(np.float32)
        return csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)

    def _keys(self) -> Matrix:
        """Return the rarest pieces of each text, 1 or 0; those with too many owners left out."""
        owners = np.diff(self._by_piece.indptr)
        pieces = self._pieces
        usable = (owners[pieces.indices] <= MOST_OWNERS) & (owners[pieces.indices] > 1)
        weights = np.where(usable, pieces.data, 0)
        rows = np.repeat(np.arange(pieces.shape[0]), np.diff(pieces.indptr))
        order = np.lexsort((-weights, rows))
        rank = np.arange(len(order)) - pieces.indptr[rows[order]]
        picked = order[(rank < KEYS) & (weights[order] > 0)]
        ones = np.ones(len(picked), dtype=np.float32)
        return csr_matrix((ones, (rows[picked], pieces.indices[picked])), shape=pieces.shape)

    def _likeness_of(self, one: Numbers, other: Numbers) -> Floats:
        sizes = self._sizes
        found = [np.zeros(0, dtype=np.float32)]
        for start in range(0, len(one), _BLOCK * 4):
            a, b = one[start : start + _BLOCK * 4], other[start : start + _BLOCK * 4]
            products = _Signals(*(_row_products(view, a, b) for view in self._views))
            found.append(_likeness(products, [s[a] for s in sizes], [s[b] for s in sizes]))
        return np.concatenate(found)


def _views(reader: TextReader, texts: Sequence[str]) -> tuple[Matrix, Matrix, Matrix]:
    return reader.subjects(texts), reader.words(texts), reader.places(texts)


def places_in(text: str) -> set[str]:
    """Return the named places of a text, each by the end of its name: 东方红路 is 方红路."""
    found = {match[0] for match in _PLACE.finditer(squash(text))}
    return {place for place in found if not _NO_NAME.match(place)}


def _likeness(products: _Signals, sizes: Sequence[Any], others: Sequence[Any]) -> Floats:
    """Return the likeness by all signals, 0 to 1.

    Args:
        products: Of the views of two texts, (n_pairs,) each.
        sizes: How many features each of the first texts has, by view.
        others: Likewise of the second texts; numbers or (n_pairs,).
    """
    shared = products.words
    words = shared / np.sqrt(np.maximum(sizes[2] * others[2], 1))
    is_near = products.places > 0
    total = TEXT_WEIGHT * products.pieces + SUBJECT_WEIGHT * products.subjects
    total = total + WORDS_WEIGHT * words + PLACE_BONUS * is_near
    is_apart = ~is_near & (sizes[3] > 0) & (others[3] > 0)
    is_other = (products.subjects <= 0) & (sizes[1] > 0) & (others[1] > 0)
    total = np.where(is_apart, OTHER_PLACE * total, total)
    total = np.where(is_other, OTHER_SUBJECT * total, total)
    length = np.minimum(sizes[0], others[0]) / LONG_ENOUGH
    total = total * np.minimum(1, SHORTEST + (1 - SHORTEST) * length)
    clipped: Floats = np.clip(total, 0, 1).astype(np.float32)
    return clipped


def _sizes(matrix: Matrix) -> Numbers:
    """Return how many features each row has."""
    sizes: Numbers = np.diff(matrix.indptr).astype(np.int64)
    return sizes


def _row_products(matrix: Matrix, one: Numbers, other: Numbers) -> Floats:
    products: Floats = np.asarray(matrix[one].multiply(matrix[other]).sum(axis=1)).ravel()
    return products


def _unit_rows(rows: Sequence[Sequence[int]], width: int, *, is_unit: bool = True) -> Matrix:
    counts = np.asarray([len(row) for row in rows], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    columns = np.asarray([column for row in rows for column in row], dtype=np.int64)
    lengths = np.sqrt(np.maximum(counts, 1)) if is_unit else np.ones(len(counts))
    values = np.repeat(1 / lengths, counts).astype(np.float32)
    return csr_matrix((values, columns, starts), shape=(len(rows), width))


def _bucket(place: str) -> int:
    value = 0
    for sign in place:
        value = (value * 131 + ord(sign)) % BUCKETS
    return value
