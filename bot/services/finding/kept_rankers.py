"""Keeps many small linear models in one file, under the fingerprint of what they learnt from."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.services.finding.kept_ranker import kept, path_of
from bot.services.finding.linear_ranker import LinearRanker, Vocabulary
from bot.services.finding.stored_arrays import read_arrays, write_arrays


def kept_rankers(
    folder: Path | None,
    kind: str,
    fingerprint: str,
    train: Callable[[], Mapping[str, LinearRanker]],
) -> Mapping[str, LinearRanker]:
    """Return the stored models by their keys, or new ones that are then stored.

    Args:
        folder: Where models are kept; None keeps none.
        kind: First part of the file's name; older files of the same kind are removed.
        fingerprint: Of everything that is learnt from.
        train: Makes the models anew.
    """
    return kept(path_of(folder, kind, fingerprint), kind, train, load, save)


def save(rankers: Mapping[str, LinearRanker], path: Path) -> None:
    """Write the models; whoever reads at the same time sees the old file or the whole new one."""
    stored: dict[str, npt.NDArray[Any]] = {"keys": _packed(list(rankers))}
    for number, ranker in enumerate(rankers.values()):
        columns = ranker.vocabulary.columns
        stored[f"{number}:names"] = _packed(sorted(columns, key=columns.__getitem__))
        stored[f"{number}:rarity"] = ranker.vocabulary.rarity
        stored[f"{number}:weights"] = ranker.weights
        if ranker.meaning_weights is not None:
            stored[f"{number}:meaning"] = ranker.meaning_weights
        if ranker.offset is not None:
            stored[f"{number}:offset"] = ranker.offset
    write_arrays(stored, path)


def load(path: Path) -> Mapping[str, LinearRanker] | None:
    """Read the models; None when there is no such file or it is broken."""
    stored = read_arrays(path)
    if stored is None:
        return None
    try:
        found = {}
        for number, key in enumerate(_unpacked(stored["keys"])):
            names = _unpacked(stored[f"{number}:names"])
            columns = {name: at for at, name in enumerate(names)}
            vocabulary = Vocabulary(columns, stored[f"{number}:rarity"])
            meaning, offset = stored.get(f"{number}:meaning"), stored.get(f"{number}:offset")
            weights = stored[f"{number}:weights"]
            found[key] = LinearRanker(vocabulary, weights, meaning, offset)
    except (ValueError, KeyError):
        return None
    return found


def _packed(names: list[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(stored: npt.NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode().split("\n")
