"""A channel made by following `docs/new-channel.md`: paper messengers, who carry only short notes.

Its vendor posts `{"note": "<id>", "from": "<person>", "words": "..."}` with a password.
"""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.bootstrap import App
from bot.domain.channels import Abilities, Declaration, Part
from bot.domain.conversations import Inbound
from bot.domain.deliveries import Delivery, DeliveryError
from bot.hub.files import FileSource
from bot.hub.hub import Hub
from bot.hub.outbox import Sender
from bot.services.conversations.conversations import open_pushed_conversation

PAPER = Declaration(name="paper", abilities=Abilities(message_length=40))
PASSWORD = "open sesame"


class Note(msgspec.Struct, frozen=True):
    """What the vendor posts."""

    note: str
    sender: str = msgspec.field(name="from")
    words: str


@dataclass
class PaperSender:
    """Carries notes; some messengers get lost."""

    carried: list[tuple[str, str]] = field(default_factory=list)
    lost: int = 0

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Carry one note."""
        if self.lost:
            self.lost -= 1
            raise DeliveryError("lost", permanent=False)
        self.carried.append((delivery.recipient, part.text))


class PaperChannel:
    """The channel."""

    declaration: Declaration = PAPER
    files: FileSource | None = None

    def __init__(self, app: App) -> None:
        self._app = app
        self.notes = PaperSender()
        self.sender: Sender | None = self.notes
        self.is_running = False

    def routes(self, hub: Hub) -> list[BaseRoute]:
        """Return the webhook."""

        async def take(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get("password", ""), PASSWORD):
                return Response(status_code=403)
            note = msgspec.json.decode(await request.body(), type=Note)
            talk = await anyio.to_thread.run_sync(
                lambda: open_pushed_conversation(
                    self._app.unit_of_work,
                    channel=PAPER.name,
                    external_id=note.sender,
                    now=self._app.now(),
                )
            )
            await hub.inbox.receive(Inbound(PAPER.name, talk.id, note.note, note.words))
            return Response(status_code=200)

        return [Route("/paper", take, methods=["POST"])]

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:
        """Note that it runs."""
        self.is_running = True
        yield
        self.is_running = False
