"""A linear model that ranks classes for a text: ridge regression, solved in one step.

With a few thousand short texts the dual form is the quickest: one linear system as large as the
number of texts, and no iteration that could stop too early.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.sentence_layers import SIZE
from bot.services.finding.matter_features import Features
from bot.services.finding.stored_arrays import Arrays, read_arrays, write_arrays

Floats = npt.NDArray[np.float32]

VIEW_WEIGHTS = {"c": 1.0, "p": 0.3, "k": 0.3}
"""How much a view counts; `bench/matters.py --tune` compares others."""

MEANING_WEIGHT = 1.67
"""How much the meaning of a text counts beside one view of its signs; measured, docs/adr/0037."""

_BLOCK = 256


@dataclass(frozen=True)
class Example:
    """A text to learn from.

    Attributes:
        features: Of the text.
        labels: Classes that it points to; none for a text that belongs to no class.
        weight: How much it counts, > 0.
        meaning: Of the text, (512,); None where the model knows signs only.
    """

    features: Features
    labels: tuple[int, ...]
    weight: float = 1.0
    meaning: Floats | None = None


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
            weights += [VIEW_WEIGHTS[view] * weight / length for _, weight in known]
        return np.asarray(columns, dtype=np.int64), np.asarray(weights, dtype=np.float32)


@dataclass(frozen=True)
class LinearRanker:
    """Scores of classes for a text.

    Attributes:
        vocabulary: Known features.
        weights: (n_columns, n_classes) float16; half precision moves no rank that matters.
        meaning_weights: The same for the numbers of a meaning, (512, n_classes); None for none.
        offset: What is added to the score of each class, (n_classes,); None for nothing.
    """

    vocabulary: Vocabulary
    weights: npt.NDArray[np.float16]
    meaning_weights: npt.NDArray[np.float16] | None = None
    offset: Floats | None = None

    def scores(self, features: Features, meaning: Floats | None = None) -> Floats:
        """Return the score of each class, (n_classes,); about 1 for a sure one, 0 for a stranger.

        Args:
            features: Of the text.
            meaning: Of the text, (512,), where the model has learnt from meanings.

        Cost: O(features x classes).
        """
        columns, values = self.vocabulary.vector(features)
        picked: Floats = self.weights[columns].astype(np.float32)
        scores: Floats = values @ picked
        if meaning is not None and self._whole is not None:
            scores = scores + meaning @ self._whole
        return scores if self.offset is None else scores + self.offset

    @cached_property
    def _whole(self) -> Floats | None:
        """The weights of meanings in whole precision, for each text needs all of them.

        Turning 726 classes took 2.6 ms a text, the product 0.7 ms.
        """
        weights = self.meaning_weights
        return None if weights is None else weights.astype(np.float32)


def train(examples: Sequence[Example], n_classes: int, penalty: float) -> LinearRanker:
    """Fit one ridge regression per class, all in one system.

    Args:
        examples: At least one; an example of k classes gives each 1 / sqrt(k).
        n_classes: Number of classes.
        penalty: Larger means smoother.

    Returns:
        The model. Takes O(examples ** 3) time and O(examples ** 2) memory.
    """
    # training only: a process that finds the cached model never needs them
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    vocabulary = learn_vocabulary([example.features for example in examples])
    rows = [vocabulary.vector(example.features) for example in examples]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    cells = (np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows]), starts)
    shape = (len(rows), len(vocabulary.columns))
    matrix = csr_matrix(cells, shape=shape, dtype=np.float32)
    goals = np.zeros((len(rows), n_classes), dtype=np.float32)
    for row, example in enumerate(examples):
        goals[row, list(example.labels)] = len(example.labels) ** -0.5 if example.labels else 0
    kernel = np.empty((len(rows), len(rows)), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):  # the whole product at once takes twice the memory
        kernel[start : start + _BLOCK] = (matrix[start : start + _BLOCK] @ matrix.T).toarray()
    importance = np.asarray([example.weight for example in examples], dtype=np.float32)
    kernel[np.diag_indices_from(kernel)] += penalty / importance
    factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    dual = cho_solve(factor, goals, overwrite_b=True, check_finite=False)
    return LinearRanker(vocabulary, np.asarray(matrix.T @ dual, dtype=np.float16))


def train_few(examples: Sequence[Example], n_classes: int, penalty: float) -> LinearRanker:
    """Fit the same model to some hundred texts, without the libraries that `train` needs.

    It learns from signs and meanings when each example has a meaning, else from signs alone.

    Returns:
        The model; a few milliseconds for 100 texts.
    """
    vocabulary = learn_vocabulary([example.features for example in examples])
    n_signs = len(vocabulary.columns)
    meanings = [example.meaning for example in examples if example.meaning is not None]
    is_meant = len(meanings) == len(examples)
    matrix = np.zeros((len(examples), n_signs + SIZE * is_meant), dtype=np.float32)
    goals = np.zeros((len(examples), n_classes), dtype=np.float32)
    for row, example in enumerate(examples):
        columns, values = vocabulary.vector(example.features)
        matrix[row, columns] = values
        goals[row, list(example.labels)] = 1.0
    if is_meant:
        matrix[:, n_signs:] = MEANING_WEIGHT * np.stack(meanings)
    kernel = matrix @ matrix.T + penalty * np.eye(len(examples), dtype=np.float32)
    weights = matrix.T @ np.linalg.solve(kernel, goals)
    meant = (MEANING_WEIGHT * weights[n_signs:]).astype(np.float16) if is_meant else None
    return LinearRanker(vocabulary, weights[:n_signs].astype(np.float16), meant)


def save(ranker: LinearRanker, path: Path) -> None:
    """Write a model; whoever reads at the same time sees the old file or the whole new one."""
    names = sorted(ranker.vocabulary.columns, key=ranker.vocabulary.columns.__getitem__)
    arrays: Arrays = {
        "names": np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        "rarity": ranker.vocabulary.rarity,
        "weights": ranker.weights,
    }
    write_arrays(arrays, path)


def load(path: Path) -> LinearRanker | None:
    """Read a model; None when there is none or the file is broken."""
    stored = read_arrays(path)
    if stored is None:
        return None
    try:
        names = stored["names"].tobytes().decode().split("\n")
        vocabulary = Vocabulary({n: i for i, n in enumerate(names)}, stored["rarity"])
        return LinearRanker(vocabulary, stored["weights"])
    except (ValueError, KeyError):
        return None


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
