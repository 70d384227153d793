"""Lets Rasa start without TensorFlow when the model has no part that needs it.

Stock Rasa imports TensorFlow (and its add-ons) before anything else, because the list of all its
components names some that are built on it. Our pipeline has none since ADR 0011, yet the import
costs seconds of every start and hundreds of megabytes for as long as the process lives. Here empty
names stand in its place (`left_out`).

This is a lever like those of `bot/nlu/levers`, but it has to be pulled before Rasa is imported.
"""

import tarfile
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.nlu import left_out

NAME = "without_tensorflow"

LEFT_OUT = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")

NEEDED_BY = (
    "DIETClassifier",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "ConveRTFeaturizer",
    "LanguageModelFeaturizer",
)
"""Rasa's components that compute with TensorFlow."""


def parts_of(model: Path) -> str:
    """Return the text in which a trained model names its parts; a file is read through once.

    Raises:
        OSError: The file cannot be read.
        KeyError: It has no metadata, so it is no model.
    """
    state = model.stat()
    return _parts_of(model, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _parts_of(model: Path, _written_at: int, _size: int) -> str:
    with tarfile.open(model) as archive:
        metadata = archive.extractfile("metadata.json")
        assert metadata is not None
        return metadata.read().decode()


def is_needed(model: Path) -> bool:
    """Tell whether a trained model has a part that computes with TensorFlow.

    Raises:
        OSError: The file cannot be read.
        KeyError: It has no metadata, so it is no model.
    """
    return is_named(parts_of(model))


def is_named(text: str) -> bool:
    """Tell whether a text, of a model or a configuration, names such a part."""
    return any(name in text for name in NEEDED_BY)


def leave_out() -> None:
    """Put empty names in the place of TensorFlow; call it before anything of Rasa is imported."""
    left_out.leave_out(LEFT_OUT, NAME)


def model_in(arguments: Sequence[str]) -> Path | None:
    """Return the model file that the command line names, None when it names none."""
    for before, value in pairwise(arguments):
        if before in {"-m", "--model"} and Path(value).is_file():
            return Path(value)
    return None
