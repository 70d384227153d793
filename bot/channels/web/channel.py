"""The web chat as a channel: its clients fetch, so there is nothing to send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute

from bot.bootstrap import App
from bot.channels.web.attachments import WebFiles
from bot.channels.web.declaration import WEB
from bot.channels.web.routes import WebChat
from bot.domain.channels import Declaration
from bot.hub.files import FileSource
from bot.hub.hub import Hub
from bot.hub.outbox import Sender


class WebChannel:
    """The chat page, the widget and any other client of the API; see `contract.Channel`."""

    declaration: Declaration = WEB
    sender: Sender | None = None

    def __init__(self, app: App) -> None:
        self._app = app
        self.files: FileSource | None = WebFiles(app)

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return the web chat API."""
        return [*WebChat(self._app, hub).routes()]

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:  # noqa: ARG002 - nothing to run
        """Run nothing: the routes are all there is."""
        yield
