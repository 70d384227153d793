"""ClamAV's daemon: a content goes to `clamd` in pieces (INSTREAM) and a verdict comes back.

Source: clamd(8) – `zINSTREAM` and a zero byte, then pieces, each behind its length of four bytes
(most significant first), ended by a length of nought; the answer is `stream: OK`,
`stream: NAME FOUND` or an ERROR, and ends with a zero byte.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.domain.errors import BotError
from bot.services.papers.file_scan import FileInfected, ScannerAway

UNIX = "unix:"
PIECE_BYTES = 64 * 1024
CONNECT_S = 3.0
VERDICT_S = 30.0
LONGEST_ANSWER = 4096
FOUND, CLEAN, PONG = " FOUND", "OK", "PONG"

log = structlog.get_logger()


class BadScannerAddress(BotError):
    """`XIAOER_CLAMD` is neither "unix:/path" nor "host:port"."""


class Clamd:
    """A daemon at an address; see `bot.services.papers.file_scan.Scanner`.

    Args:
        address: "unix:/path/of/socket" or "host:port".

    Raises:
        BadScannerAddress: It is neither.
    """

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        if not address.startswith(UNIX) and not (host and port.isdecimal()):
            raise BadScannerAddress("XIAOER_CLAMD: unix:/path or host:port")
        self._address = address

    def check(self, content: bytes) -> None:
        """See `Scanner`; takes `VERDICT_S` at most for each step."""
        with self._connected() as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(content), PIECE_BYTES):
                piece = content[at : at + PIECE_BYTES]
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            verdict = _answer(line)
        found = verdict.rpartition(": ")[2]
        if verdict.endswith(FOUND):
            name = found.removesuffix(FOUND)
            log.warning("file_infected", malware=name, size=len(content))
            raise FileInfected(name)
        if found != CLEAN:
            log.warning("file_not_scanned", answer=verdict[:100])
            raise ScannerAway(verdict[:100])

    def ping(self) -> None:
        """Return when the daemon answers; raises `ScannerAway`."""
        with self._connected() as line:
            line.sendall(b"zPING\0")
            answer = _answer(line)
        if answer != PONG:
            raise ScannerAway(answer[:100])

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            with self._connect() as line:
                line.settimeout(VERDICT_S)
                yield line
        except OSError as error:
            log.warning("scanner_away", error=type(error).__name__)
            raise ScannerAway(type(error).__name__) from error

    def _connect(self) -> socket.socket:
        if not self._address.startswith(UNIX):
            host, _, port = self._address.rpartition(":")
            return socket.create_connection((host, int(port)), timeout=CONNECT_S)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_S)
        try:
            line.connect(self._address.removeprefix(UNIX))
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket) -> str:
    """Return what it says up to its zero byte, or to the end of the line."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", errors="replace")
