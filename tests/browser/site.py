"""The hub as people reach it, for browser tests."""

from bot.asgi import create_app
from bot.bootstrap import App
from bot.documents.worker import PaperWorker
from tests.servers import ServerThread


class KeptPapers(PaperWorker):
    """The documents of several sites, one after another: its process takes seconds to load."""

    def close(self) -> None:
        """Stay for the next site."""

    def end(self) -> None:
        """End the process, after the last site."""
        super().close()


class Site:
    """A hub that can be stopped and started again.

    Args:
        app: Its data, settings and clock.
        papers: Makes its documents; a worker of its own where none is given.
    """

    def __init__(self, app: App, papers: PaperWorker | None = None) -> None:
        self.app = app
        self._papers = papers
        self._server: ServerThread | None = None
        self.url = f"http://127.0.0.1:{app.settings.port}"

    def start(self) -> None:
        """Serve."""
        self._server = ServerThread(create_app(self.app, self._papers), self.app.settings.port)
        self._server.start()

    def close(self) -> None:
        """Close the port at the end of a test; open pages, which stream, get no second."""
        if self._server is not None:
            self._server.close()

    def stop(self) -> None:
        """Close the port."""
        if self._server is not None:
            self._server.stop()
