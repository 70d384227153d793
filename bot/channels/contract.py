"""What a channel is to the hub; `docs/new-channel.md` leads through making one.

A channel is a folder: `declaration.py` says what it can do, the rest parses what its platform
sends, sends what the outbox holds, and serves its webhook.
"""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from starlette.routing import BaseRoute

from bot.domain.channels import Declaration
from bot.hub.files import FileSource
from bot.hub.hub import Hub
from bot.hub.outbox import Sender


class Channel(Protocol):
    """One channel that is switched on; made by its folder, used by `bot.asgi`."""

    @property
    def declaration(self) -> Declaration:
        """Its name and what it can do."""

    @property
    def sender(self) -> Sender | None:
        """What the outbox sends with; None for a channel whose clients fetch for themselves."""

    @property
    def files(self) -> FileSource | None:
        """What people sent; None when the channel takes no files or keeps none."""

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return its webhook or API."""

    def running(self, hub: Hub) -> AbstractAsyncContextManager[None]:
        """Keep what it runs beside the routes (fetching, a menu, clients) within the block."""
