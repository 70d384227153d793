"""The callback address: proves itself, checks who calls, stores, and only then answers.

Nothing is said in the answer: the platforms wait five seconds, and answers go by their interfaces.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.tencent.callbacks import Callback, Refused
from bot.channels.tencent.messages import NotACallback
from bot.channels.tencent.xml import BadXml

TAKEN = "success"
"""What both platforms read as "do not send it again"."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Webhook:
    """One callback address.

    Attributes:
        path: Where it is.
        callback: Checks and decrypts.
        take: Stores the fields of a callback; raises `NotACallback` for what is none.
    """

    path: str
    callback: Callback
    take: Callable[[Mapping[str, str]], Awaitable[None]]

    def routes(self) -> list[Route]:
        """Return the route."""
        return [
            Route(self.path, self.prove, methods=["GET"]),
            Route(self.path, self.receive, methods=["POST"]),
        ]

    async def prove(self, request: Request) -> Response:
        """Answer what the platform asks when the address is entered there."""
        try:
            return PlainTextResponse(self.callback.echo(request.query_params))
        except Refused as refused:
            return self._refuse(refused)

    async def receive(self, request: Request) -> Response:
        """Take in one callback; anything but 200 makes the platform send it twice more."""
        body = await request.body()
        try:
            fields = self.callback.read(request.query_params, body)
        except Refused as refused:
            return self._refuse(refused)
        except BadXml:
            fields = {}  # signed, so a refusal would only make it come again
        try:
            await self.take(fields)
        except NotACallback:
            log.warning("callback_unreadable", path=self.path)
        except Exception as error:  # noqa: BLE001 - the database is away: the platform tries again
            log.warning("callback_not_stored", path=self.path, error=type(error).__name__)
            return Response(status_code=503)
        return PlainTextResponse(TAKEN)

    def _refuse(self, refused: Refused) -> Response:
        log.warning("callback_refused", path=self.path, reason=str(refused))
        return Response(status_code=403)
