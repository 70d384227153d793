"""Remembers what was read from YAML files until one of them changes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

Read = TypeVar("Read")
State = tuple[tuple[str, int, int], ...]

KEPT = 4
"""Folders that a loader remembers: the committed one, and copies that a check compares it with."""


def read_once(load: Callable[[Path], Read]) -> Callable[[Path], Read]:
    """Wrap a loader of a file, or of all YAML files of a folder; nobody may change its result.

    The catalogue takes over half a second to parse, and one process asks for it several times:
    the commands that check and compare it, and whatever builds more than one application.
    What has a fault is read again each time.
    """
    return _remembering(load, _state)


def read_files_once(*names: str) -> Callable[[Callable[[Path], Read]], Callable[[Path], Read]]:
    """Return such a wrapper for a loader that reads some files of its folder only.

    Args:
        names: The files below the folder.
    """
    return lambda load: _remembering(load, lambda folder: tuple(_seen(folder / n) for n in names))


def _remembering(
    load: Callable[[Path], Read], state_of: Callable[[Path], State]
) -> Callable[[Path], Read]:
    @lru_cache(maxsize=KEPT)
    def remembered(place: Path, _state_of_files: State) -> Read:
        return load(place)

    @wraps(load)
    def read(place: Path) -> Read:
        return remembered(place, state_of(place))

    return read


def _state(place: Path) -> State:
    return tuple(
        _seen(path) for path in sorted(place.rglob("*.yml") if place.is_dir() else [place])
    )


def _seen(path: Path) -> tuple[str, int, int]:
    """Return name, time of change in ns and size in bytes; -1 for both where there is no file."""
    try:
        seen = path.stat()
    except OSError:  # the loader says what is missing
        return str(path), -1, -1
    return str(path), seen.st_mtime_ns, seen.st_size
