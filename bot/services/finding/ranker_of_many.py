"""Trains a linear model of hundreds of classes from tens of thousands of texts.

The system of equations is as large as the number of texts and dense: it is solved by conjugate
gradients, which need it only as a product of what is sparse and what is narrow. The narrow part,
what texts mean, is what takes rounds, for all texts share much of it; it is solved exactly in each
round, and the rounds are left with the signs (docs/nlu.md has the figures).
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from bot.services.finding.linear_ranker import Example, Floats, LinearRanker, learn_vocabulary

MEANING = 2.0
"""How much the meaning of a text counts beside one view of its signs; measured, docs/nlu.md."""

RARE = 8
"""Texts in which a feature must occur; the rarer ones, three quarters, move little."""

ROUNDS = 8
"""Of conjugate gradients; 12 find no more of what is held back, nor do 40 that do not solve the
meanings first (docs/nlu.md)."""

AT_ONCE = 64
"""Classes that are solved together, so that their columns stay in the cache of a processor."""

TINY = 1e-12
"""Keeps a class that is solved already from dividing by zero."""


def train_many(examples: Sequence[Example], n_classes: int, penalty: float) -> LinearRanker:
    """Fit one ridge regression per class.

    Args:
        examples: Each with its meaning; their weights do not count.
        n_classes: Number of classes.
        penalty: Larger means smoother.

    Returns:
        The model. Takes O(rounds x features of all texts x classes) time and a few hundred MB.
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

    nearly = _without_signs(meant, penalty)
    parts = range(0, n_classes, AT_ONCE)
    dual = np.hstack([_solved(applied, nearly, goals[:, at : at + AT_ONCE]) for at in parts])
    weights: npt.NDArray[np.float16] = (across @ dual).astype(np.float16)
    meaning_weights: Floats = MEANING * (meant.T @ dual)
    offset: Floats = -(middle @ meaning_weights)
    return LinearRanker(vocabulary, weights, meaning_weights.astype(np.float16), offset)


def _without_signs(meant: Floats, penalty: float) -> Callable[[Floats], Floats]:
    """Return what solves the system as if texts had meanings alone, up to a factor."""
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415 - as above

    narrow = cho_factor(meant.T @ meant + penalty * np.eye(meant.shape[1], dtype=np.float32))

    def solved(goals: Floats) -> Floats:
        found: Floats = goals - meant @ cho_solve(narrow, meant.T @ goals).astype(np.float32)
        return found

    return solved


def _solved(
    applied: Callable[[Floats], Floats], nearly: Callable[[Floats], Floats], goals: Floats
) -> Floats:
    """Return what a symmetric positive matrix has to be applied to, column by column.

    Args:
        applied: Applies the matrix.
        nearly: Applies about its inverse: the better, the fewer rounds.
        goals: What the matrix shall give, (n_texts, n_classes).
    """
    rest = np.ascontiguousarray(goals)
    dual, better = np.zeros_like(rest), nearly(rest)
    towards, length = better, _products(rest, better)
    for _ in range(ROUNDS):
        image = applied(towards)
        step = length / np.maximum(_products(towards, image), TINY)
        dual += step * towards
        rest = rest - step * image
        better = nearly(rest)
        before, length = length, _products(rest, better)
        towards = better + towards * (length / np.maximum(before, TINY))
    return dual


def _products(one: Floats, other: Floats) -> Floats:
    """Return the product of each column with the same of the other, (n_classes,)."""
    total: Floats = np.einsum("ij,ij->j", one, other)
    return total
