"""Trains a linear model of hundreds of classes from tens of thousands of texts.

The system of equations is as large as the number of texts and dense: it is solved by conjugate
gradients, which need it only as a product of what is sparse and what is narrow.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from bot.services.linear_ranker import Example, Floats, LinearRanker, learn_vocabulary

MEANING = 2.0
"""How much the meaning of a text counts beside one view of its signs; measured, docs/nlu.md."""

RARE = 8
"""Texts in which a feature must occur; the rarer ones, three quarters, move little."""

ROUNDS = 40
"""Of conjugate gradients; 60 change no rank that was measured."""

TINY = 1e-12
"""Keeps a class that is solved already from dividing by zero."""


def train_many(examples: Sequence[Example], n_classes: int, penalty: float) -> LinearRanker:
    """Fit one ridge regression per class.

    Args:
        examples: Each with its meaning; their weights do not count.
        n_classes: Number of classes.
        penalty: Larger means smoother.

    Returns:
        The model. Takes O(rounds x features of all texts x classes) time, half a minute for
        20,000 texts and 600 classes, and a few hundred MB.
    """
    # training only: a process that finds the kept model never needs it
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    vocabulary = learn_vocabulary([example.features for example in examples], RARE)
    rows = [vocabulary.vector(example.features) for example in examples]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    cells = (np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows]), starts)
    shape = (len(rows), len(vocabulary.columns))
    signs = csr_matrix(cells, shape=shape, dtype=np.float32)
    meanings = np.stack([example.meaning for example in examples if example.meaning is not None])
    middle = meanings.mean(axis=0)  # what all share would slow the rounds down
    meant: Floats = (MEANING * (meanings - middle)).astype(np.float32)
    goals = np.zeros((len(rows), n_classes), dtype=np.float32)
    for row, example in enumerate(examples):
        goals[row, list(example.labels)] = 1.0

    across = signs.T.tocsr()

    def applied(dual: Floats) -> Floats:
        product: Floats = signs @ (across @ dual) + meant @ (meant.T @ dual) + penalty * dual
        return product

    dual = _solved(applied, goals)
    weights: npt.NDArray[np.float16] = (across @ dual).astype(np.float16)
    meaning_weights: Floats = MEANING * (meant.T @ dual)
    offset: Floats = -(middle @ meaning_weights)
    return LinearRanker(vocabulary, weights, meaning_weights.astype(np.float16), offset)


def _solved(applied: Callable[[Floats], Floats], goals: Floats) -> Floats:
    """Return what a symmetric positive matrix has to be applied to, column by column."""
    dual, rest = np.zeros_like(goals), goals.copy()
    towards, length = rest.copy(), _squares(rest)
    for _ in range(ROUNDS):
        image = applied(towards)
        step = length / np.maximum((towards * image).sum(axis=0), TINY)
        dual += step * towards
        rest -= step * image
        before, length = length, _squares(rest)
        towards = rest + towards * (length / np.maximum(before, TINY))
    return dual


def _squares(columns: Floats) -> Floats:
    total: Floats = (columns * columns).sum(axis=0)
    return total
