"""The webhook: checks the secret, stores the update, and only then answers."""

import hmac
import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.receiver import Receiver
from bot.channels.telegram.updates import NotAnUpdate, parse_update, plain_text

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

log = structlog.get_logger()


class Webhook:
    """The one route that Telegram calls."""

    def __init__(self, receiver: Receiver, secret: str) -> None:
        assert secret, "a webhook without a secret would take anybody's word"
        self._receiver = receiver
        self._secret = secret.encode()

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(PATH, self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Take in one update; anything but 2xx makes Telegram send it again later."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            log.warning("telegram_webhook_refused")
            return Response(status_code=403)
        try:
            update_id, taking = self._read(json.loads(await request.body()))
        except (NotAnUpdate, ValueError, RecursionError):
            # never of Telegram's making; a refusal would make it come for ever
            log.warning("telegram_update_unreadable")
            return Response(status_code=200)
        try:
            await taking()
        except Exception as error:  # noqa: BLE001 - the database is away: Telegram tries again
            log.warning(
                "telegram_update_not_stored",
                update_id=update_id,
                error=type(error).__name__,
            )
            return Response(status_code=503)
        return Response(status_code=200)

    def _read(self, data: Any) -> tuple[int, Callable[[], Awaitable[None]]]:
        """Return the number of an update and what takes it in; raises `NotAnUpdate`."""
        plain = plain_text(data)
        if plain is not None:
            return plain[0], partial(self._receiver.take_event, plain[1])
        update = parse_update(data)
        return update.update_id, partial(self._receiver.take, update)
