"""The channel by which the hub, and nobody else, talks to Rasa.

Rasa's own REST channel answers 200 with an empty list when a turn fails, so a caller cannot tell
"nothing to say" from "broken"; this one answers 503, also when the action server failed. A message
that comes again gets the answer that it got before, and nobody is heard without a secret.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.nlu.said_once import SaidBefore, answer_once
from bot.nlu.whole_turns import TurnBroken, keep_turns_whole
from bot.telemetry.metrics import timed
from bot.telemetry.tracing import TRACEPARENT, span

TOKEN_HEADER = "X-Xiaoer-Token"  # noqa: S105 - the name of a header, not a secret
HTTP_BAD_REQUEST = 400
HTTP_UNAUTHORIZED = 401
HTTP_UNAVAILABLE = 503

log = structlog.get_logger()


class HubInput(RestInput):
    """Takes one message a request and answers with the bot's lines.

    Args:
        token: Shared secret; without one every request is refused.
    """

    def __init__(self, token: str | None) -> None:
        self._token = (token or "").encode()

    @classmethod
    def name(cls) -> str:
        """Return the name in the address: `/webhooks/hub/webhook`."""
        return "hub"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Read the secret from `credentials.yml`; Rasa calls this once, when it starts."""
        keep_turns_whole()
        answer_once()
        return cls((credentials or {}).get("token"))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the one route."""
        webhook = Blueprint("hub_webhook", "bot_nlu_hub_channel")

        @webhook.route("/webhook", methods=["POST"])  # type: ignore[untyped-decorator]
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_hub(request):
                return response.json({"error": "token"}, status=HTTP_UNAUTHORIZED)
            body = request.json
            if not isinstance(body, dict) or not body.get("sender") or not body.get("message"):
                return response.json({"error": "body"}, status=HTTP_BAD_REQUEST)
            return await _turn(on_new_message, body, self.name())

        return webhook

    def _is_hub(self, request: Request) -> bool:
        given = request.headers.get(TOKEN_HEADER, "").encode()
        return bool(self._token) and hmac.compare_digest(given, self._token)


async def _turn(
    on_new_message: Callable[[UserMessage], Awaitable[Any]], body: dict[str, Any], channel: str
) -> HTTPResponse:
    metadata = dict(body.get("metadata") or {})
    message_id = str(metadata.get("message_id", ""))
    with (
        structlog.contextvars.bound_contextvars(message_id=message_id),
        span("rasa_turn", metadata.get(TRACEPARENT), message_id=message_id) as mark,
        timed("rasa"),
    ):
        if mark:
            metadata[TRACEPARENT] = mark  # the actions of this turn belong under it
        return await _answer(on_new_message, {**body, "metadata": metadata}, channel)


async def _answer(
    on_new_message: Callable[[UserMessage], Awaitable[Any]], body: dict[str, Any], channel: str
) -> HTTPResponse:
    collector = CollectingOutputChannel()
    message = UserMessage(
        body["message"],
        collector,
        body["sender"],
        input_channel=channel,
        metadata=body["metadata"],
    )
    try:
        await on_new_message(message)
    except SaidBefore as before:
        log.info("rasa_turn_repeated", replies=len(before.said))
        return response.json(before.said)
    except (Exception, TurnBroken) as error:  # noqa: BLE001 - the hub tries again
        # the class only: the text of an error may carry what a person wrote
        log.error(  # noqa: TRY400 - see above
            "hub_turn_failed", sender=body["sender"], error=type(error).__name__
        )
        return response.json({"error": "turn"}, status=HTTP_UNAVAILABLE)
    log.info("rasa_turn", replies=len(collector.messages))
    return response.json(collector.messages)
