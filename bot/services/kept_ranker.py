"""Keeps a trained linear model under the fingerprint of what it learnt from."""

from collections.abc import Callable
from pathlib import Path

import structlog

from bot.services import linear_ranker
from bot.services.linear_ranker import LinearRanker

LOG = structlog.get_logger()


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
    path = folder / f"{kind}-{fingerprint}.npz" if folder else None
    stored = linear_ranker.load(path) if path else None
    if stored is not None:
        return stored
    trained = train()
    if folder and path:
        try:
            for old in folder.glob(f"{kind}-*.npz"):
                old.unlink(missing_ok=True)
            linear_ranker.save(trained, path)
        except OSError as error:  # a full or read-only disk: the model in memory still works
            LOG.warning("model_not_kept", kind=kind, reason=error.strerror)
    return trained
