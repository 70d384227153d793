"""Remembers what was read from a folder of YAML until one of its files changes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

Read = TypeVar("Read")
State = tuple[tuple[str, int, int], ...]

KEPT = 4
"""Folders that a loader remembers: the committed one, and copies that a check compares it with."""


def read_once(load: Callable[[Path], Read]) -> Callable[[Path], Read]:
    """Wrap a loader whose result nobody can change.

    The catalogue takes over half a second to parse, and one process asks for it several times:
    the commands that check and compare it, and whatever builds more than one application.
    A folder with a fault is read again each time.
    """

    @lru_cache(maxsize=KEPT)
    def remembered(folder: Path, _state_of_files: State) -> Read:
        return load(folder)

    @wraps(load)
    def read(folder: Path) -> Read:
        return remembered(folder, _state(folder))

    return read


def _state(folder: Path) -> State:
    """Return name, time of change in ns and size in bytes of each file below `folder`."""
    found = []
    for path in sorted(folder.rglob("*.yml")):
        seen = path.stat()
        found.append((str(path), seen.st_mtime_ns, seen.st_size))
    return tuple(found)
