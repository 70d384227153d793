"""Tells which trained model fits the data: the same inputs give the same file name."""

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

TRAINED_WITH = ("rasa", "tensorflow", "jieba", "numpy", "scikit-learn")
"""Libraries whose version changes what a model file means."""

NOT_TRAINED_ON = frozenset({"catalogue", "calendar", "seed"})
"""Folders of `data/` that Rasa never reads; changing them must not cost a training."""


def model_inputs(root: Path) -> Iterator[Path]:
    """Yield every file that a trained model depends on, sorted by path."""
    candidates = [root / "config.yml", root / "domain.yml"]
    for entry in training_folders(root):
        candidates += [entry, *entry.rglob("*.yml"), *entry.rglob("*.yaml")]
    candidates += (root / "data" / "lexicon").rglob("*")
    candidates += (root / "bot" / "nlu").rglob("*.py")
    yield from sorted({path for path in candidates if path.is_file()})


def training_folders(root: Path) -> list[Path]:
    """Return the entries of `data/` that Rasa is given to read, sorted."""
    entries = (root / "data").iterdir() if (root / "data").is_dir() else ()
    return sorted(entry for entry in entries if entry.name not in NOT_TRAINED_ON)


def library_versions() -> dict[str, str]:
    """Return the versions that belong to the fingerprint; reads metadata, imports nothing."""
    versions = {name: version(name) for name in TRAINED_WITH}
    return {"python": platform.python_version(), **versions}


def fingerprint(root: Path, versions: dict[str, str] | None = None) -> str:
    """Return 16 hex digits that change whenever the model must be trained anew.

    Args:
        root: The project folder (`config.yml` and `data/` are in it).
        versions: Library versions; those installed when None.
    """
    digest = hashlib.sha256()
    for name, number in sorted((library_versions() if versions is None else versions).items()):
        digest.update(f"{name}=={number}\n".encode())
    for path in model_inputs(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def model_path(root: Path, models: Path | None = None) -> Path:
    """Return where the model that fits the present data lies, or would lie."""
    folder = root / "models" if models is None else models
    return folder / f"{fingerprint(root)}.tar.gz"
