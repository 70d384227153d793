"""Arrays of a model in one file, written so that nobody reads a half of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]


def write_arrays(arrays: Arrays, path: Path) -> None:
    """Write arrays; whoever reads at the same time sees the old file or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{id(arrays)}.part")
    with part.open("wb") as file:
        np.savez(file, **arrays)
    part.replace(path)


def read_arrays(path: Path) -> Arrays | None:
    """Read arrays; None when there is no such file or it is broken."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return dict(stored)
    except (OSError, ValueError, EOFError, BadZipFile):
        return None
