"""A lock between processes of one machine, kept by the system in a file; knows nothing of ours."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let one process into the block at a time; the others wait. A dead process holds nothing.

    Args:
        path: The file of the lock; made where it is missing, and left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
