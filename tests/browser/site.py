"""The hub as people reach it, for browser tests."""

from bot.asgi import create_app
from bot.bootstrap import App
from tests.servers import ServerThread


class Site:
    """A hub that can be stopped and started again."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._server: ServerThread | None = None
        self.url = f"http://127.0.0.1:{app.settings.port}"

    def start(self) -> None:
        """Serve."""
        self._server = ServerThread(create_app(self.app), self.app.settings.port)
        self._server.start()

    def close(self) -> None:
        """Close the port at the end of a test; open pages, which stream, get no second."""
        if self._server is not None:
            self._server.close()

    def stop(self) -> None:
        """Close the port."""
        if self._server is not None:
            self._server.stop()
