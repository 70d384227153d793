"""A `clamd` on a real socket, for tests: takes INSTREAM and PING as clamd(8) describes them."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

INFECTED = b"what the scanner of the tests knows"
NAME = "Xiaoer.Test.Signature"
LARGEST = 1024 * 1024


@dataclass
class FakeClamd:
    """What it was given.

    Attributes:
        address: As `XIAOER_CLAMD` has it.
        is_busy: It gives no verdict.
    """

    address: str
    is_busy: bool = False
    scanned: list[bytes] = field(default_factory=list)

    def verdict(self, content: bytes) -> bytes:
        """Return what it says of a content."""
        self.scanned.append(content)
        if self.is_busy:
            return b"COMMAND READ TIMED OUT"
        if len(content) > LARGEST:
            return b"INSTREAM size limit exceeded. ERROR"
        return f"stream: {NAME} FOUND".encode() if INFECTED in content else b"stream: OK"


@contextmanager
def fake_clamd(socket_file: Path | None = None) -> Iterator[FakeClamd]:
    """Run one, on a Unix socket where a path is given, else on a free port of loopback."""
    known: list[FakeClamd] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b""
            while not command.endswith(b"\0"):
                command += self.rfile.read(1)
            if command == b"zPING\0":
                self.wfile.write(b"PONG\0")
                return
            assert command == b"zINSTREAM\0", command
            self.wfile.write(known[0].verdict(self._streamed()) + b"\0")

        def _streamed(self) -> bytes:
            content = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            return content

    server: socketserver.BaseServer
    if socket_file is not None:
        server = socketserver.ThreadingUnixStreamServer(str(socket_file), Handler)
        known.append(FakeClamd(f"unix:{socket_file}"))
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        known.append(FakeClamd(f"127.0.0.1:{server.server_address[1]}"))
    running = threading.Thread(target=server.serve_forever, args=(0.01,))
    running.start()
    try:
        yield known[0]
    finally:
        server.shutdown()
        server.server_close()
        running.join()
