"""Real HTTP servers on loopback for tests: an ASGI application in a thread."""

import threading
import time
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from bot.operations.ports_free import free_port

START_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Try:
    """One call that came to a fake platform, and what its script did with it ("" for nothing)."""

    at: float
    path: str
    order: str


class ServerThread:
    """Serves an application; can be stopped and started again on the same port."""

    def __init__(self, app: ASGIApp, port: int | None = None) -> None:
        self._app = app
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve, and return once connections are taken."""
        config = uvicorn.Config(
            self._app,
            host="127.0.0.1",
            port=self.port,
            ws="wsproto",
            log_level="error",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        ends_at = time.monotonic() + START_TIMEOUT_S
        while not self._server.started:
            assert time.monotonic() < ends_at, "the server did not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """Close the port; connections in progress get a second."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(START_TIMEOUT_S)
        self._server = self._thread = None

    def close(self) -> None:
        """Stop at the end of a test: what still streams to somebody is cut off at once."""
        if self._server is not None:
            self._server.config.timeout_graceful_shutdown = 0
        self.stop()

    def dismiss(self) -> None:
        """Have it close the port by itself: nobody waits, and nobody may need the port again."""
        if self._server is not None:
            self._server.should_exit = True
        self._server = self._thread = None
