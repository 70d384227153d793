"""Questions asked before anything is started: is there space, is the port free."""

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

from bot.operations.errors import DiskFull, PortInUse

NEEDED_FREE_MB = 2048
"""Below this, training or a busy database could fill the disk within the day."""

MB = 1024 * 1024


def free_mb(folder: Path) -> int:
    """Return the free space of the file system that holds `folder`, in MB."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(existing).free // MB


def require_space(
    folder: Path, needed_mb: int = NEEDED_FREE_MB, measure: Callable[[Path], int] = free_mb
) -> None:
    """Refuse to go on with too little disk.

    Args:
        folder: Where things will be written; may not exist yet.
        needed_mb: Least free space, in MB.
        measure: Returns the free space of a folder in MB.

    Raises:
        DiskFull: Less than `needed_mb` is free.
    """
    free = measure(folder)
    if free < needed_mb:
        raise DiskFull(folder, free, needed_mb)


def is_port_free(host: str, port: int) -> bool:
    """Tell whether a server could listen on `host:port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # as servers do: a port whose last connections are still winding down is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def require_port(name: str, host: str, port: int, setting: str) -> None:
    """Refuse to go on when somebody listens on `host:port`.

    Raises:
        PortInUse: The port is taken; the message names `name` and the `setting` to change.
    """
    if not is_port_free(host, port):
        raise PortInUse(name, host, port, setting)
