"""Gives out ports of loopback that nothing takes before their server listens.

The kernel's own choice lies among the ports of outgoing connections: any client may be given it
between the look and the start of the server. These lie below, and a process gives out ports of
blocks that it owns: whoever holds the first port of a block has the others.
"""

from collections import deque
from functools import lru_cache
from socket import socket
from threading import Lock

from bot.operations.guards import is_port_free

LOOPBACK = "127.0.0.1"
FIRST, END = 12_000, 32_768
"""Linux gives ports from 32,768 on to outgoing connections."""

BLOCK = 128


def free_port() -> int:
    """Return a port of loopback that nobody listens on and no other process is given."""
    return free_ports_in_a_row(1)


def free_ports_in_a_row(count: int) -> int:
    """Return the first of `count` neighbouring ports like those of `free_port`, fewer than `BLOCK`.

    Raises:
        OSError: Other processes hold all blocks.
    """
    return _ours().take(count)


@lru_cache(maxsize=1)
def _ours() -> "_Blocks":
    return _Blocks()


class _Blocks:
    """The blocks of this process; each of their ports is given once before one comes again."""

    def __init__(self) -> None:
        self._held: deque[tuple[int, int]] = deque()
        self._next = self._end = 0
        self._lock = Lock()

    def take(self, count: int) -> int:
        """Return the first of `count` neighbours; see `free_ports_in_a_row`."""
        assert 0 < count < BLOCK
        with self._lock:
            while True:
                if self._next + count > self._end:
                    self._open_another()
                first = self._next
                self._next += count
                if all(is_port_free(LOOPBACK, port) for port in range(first, first + count)):
                    return first

    def _open_another(self) -> None:
        """Go on in a block that nobody holds; where there is none, in our oldest once more."""
        for first in range(FIRST, END - BLOCK + 1, BLOCK):
            holder = socket()
            try:
                holder.bind((LOOPBACK, first))
            except OSError:
                holder.close()
                continue
            self._held.append((holder.detach(), first))  # the system closes it with the process
            break
        else:
            if not self._held:
                raise OSError("other processes hold all blocks of ports")
            self._held.rotate(-1)
            _, first = self._held[-1]
        self._next, self._end = first + 1, first + BLOCK
