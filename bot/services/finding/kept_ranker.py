"""Keeps a trained linear model under the fingerprint of what it learnt from."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import structlog

from bot.one_at_a_time import one_at_a_time
from bot.services.finding import linear_ranker
from bot.services.finding.linear_ranker import LinearRanker

LOG = structlog.get_logger()
Model = TypeVar("Model")


def kept_ranker(
    folder: Path | None, kind: str, fingerprint: str, train: Callable[[], LinearRanker]
) -> LinearRanker:
    """Return the stored model that fits the data, or a new one that is then stored.

    Args:
        folder: Where models are kept; None keeps none.
        kind: First part of the file's name; older models of the same kind are removed.
        fingerprint: Of everything that is learnt from.
        train: Makes a new model.
    """
    path = path_of(folder, kind, fingerprint)
    return kept(path, kind, train, linear_ranker.load, linear_ranker.save)


def path_of(folder: Path | None, kind: str, fingerprint: str) -> Path | None:
    """Return the file of a model; None where none is kept."""
    return folder / f"{kind}-{fingerprint}.npz" if folder else None


def kept(
    path: Path | None,
    kind: str,
    train: Callable[[], Model],
    load: Callable[[Path], Model | None],
    save: Callable[[Model, Path], None],
) -> Model:
    """Return what a file holds, or what is made anew and then stored in place of older ones.

    Of several processes one makes it; the others wait and read it.

    Args:
        path: As `path_of` names it; None keeps nothing.
        kind: First part of the file's name.
        train: Makes it anew.
        load: Reads it; None where there is no such file or it is broken.
        save: Writes it.
    """
    stored = load(path) if path else None
    if path is None or stored is not None:
        return train() if stored is None else stored
    try:
        with one_at_a_time(path.with_name(f"{kind}.lock")):
            stored = load(path)  # another process may have been at it
            return _made(path, kind, train, save) if stored is None else stored
    except OSError as error:  # a read-only disk: the model in memory still works
        return _not_kept(kind, error, train())


def _made(
    path: Path, kind: str, train: Callable[[], Model], save: Callable[[Model, Path], None]
) -> Model:
    trained = train()
    try:
        for old in path.parent.glob(f"{kind}-*.npz"):
            old.unlink(missing_ok=True)
        save(trained, path)
    except OSError as error:  # a full disk
        return _not_kept(kind, error, trained)
    return trained


def _not_kept(kind: str, error: OSError, trained: Model) -> Model:
    LOG.warning("model_not_kept", kind=kind, reason=error.strerror)
    return trained
