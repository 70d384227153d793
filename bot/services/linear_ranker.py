"""A linear model that ranks classes for a text; ridge regression, solved in one step.

With a few thousand short texts the dual form is the quickest: one linear system as large as the
number of texts, about a second, and no iteration that could stop too early.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.services.matter_features import View, view_weight

Floats = npt.NDArray[np.float32]
Features = Mapping[str, View]


@dataclass(frozen=True)
class Vocabulary:
    """The features that a model knows.

    Attributes:
        columns: `view:feature` to its column.
        rarity: Inverse document frequency, (n_columns,) float32.
    """

    columns: Mapping[str, int]
    rarity: Floats

    def vector(self, features: Features) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return columns and weights of a text, (n_known,) each; each view has its own length."""
        columns: list[int] = []
        weights: list[float] = []
        for view, counts in features.items():
            known = [
                (column, (1 + math.log(count)) * float(self.rarity[column]))
                for feature, count in counts.items()
                if (column := self.columns.get(f"{view}:{feature}")) is not None
            ]
            length = math.sqrt(sum(weight * weight for _, weight in known)) or 1.0
            columns += [column for column, _ in known]
            weights += [view_weight(view) * weight / length for _, weight in known]
        return np.asarray(columns, dtype=np.int64), np.asarray(weights, dtype=np.float32)


def learn_vocabulary(texts: Sequence[Features], min_texts: int = 2) -> Vocabulary:
    """Collect the features that occur in at least `min_texts` texts."""
    seen: Counter[str] = Counter()
    for features in texts:
        for view, counts in features.items():
            seen.update(f"{view}:{feature}" for feature in counts)
    kept = sorted(feature for feature, count in seen.items() if count >= min_texts)
    count = np.asarray([seen[feature] for feature in kept], dtype=np.float32)
    rarity = np.log((1 + len(texts)) / (1 + count)) + 1
    return Vocabulary({f: i for i, f in enumerate(kept)}, rarity.astype(np.float32))


@dataclass(frozen=True)
class LinearRanker:
    """Scores of classes for a text.

    Attributes:
        vocabulary: Known features.
        weights: (n_columns, n_classes) float16; half precision moves no rank that matters.
    """

    vocabulary: Vocabulary
    weights: npt.NDArray[np.float16]

    def scores(self, features: Features) -> Floats:
        """Return the score of each class, (n_classes,); about 1 for a sure one, 0 for a stranger.

        Cost: O(features x classes).
        """
        columns, values = self.vocabulary.vector(features)
        picked: Floats = self.weights[columns].astype(np.float32)
        return values @ picked


def train(
    texts: Sequence[Features],
    labels: Sequence[int],
    n_classes: int,
    sample_weights: Sequence[float],
    penalty: float = 1.0,
) -> LinearRanker:
    """Fit one ridge regression per class, all in one system.

    Args:
        texts: Features by text.
        labels: Class by text; -1 for a text that belongs to none.
        n_classes: Number of classes.
        sample_weights: How much each text counts, > 0.
        penalty: Larger means smoother.
    """
    # training only: a process that finds the cached model never needs them
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    vocabulary = learn_vocabulary(texts)
    rows = [vocabulary.vector(features) for features in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    cells = (np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows]), starts)
    matrix = csr_matrix(cells, shape=(len(texts), len(vocabulary.columns)), dtype=np.float32)
    goals = np.zeros((len(texts), n_classes), dtype=np.float32)
    for row, label in enumerate(labels):
        if label >= 0:
            goals[row, label] = 1.0
    kernel = (matrix @ matrix.T).toarray()
    kernel[np.diag_indices_from(kernel)] += penalty / np.asarray(sample_weights, dtype=np.float32)
    dual = cho_solve(cho_factor(kernel, overwrite_a=True), goals)
    return LinearRanker(vocabulary, np.asarray(matrix.T @ dual, dtype=np.float16))
