"""The hub's client of Rasa: one turn, the tracker, and whether the parts are up.

Rasa cancels a turn when its client hangs up (measured on 3.6.21), so the line is held for as long
as the settings allow. A message may be said again: its turn is made once (`bot/nlu/said_once.py`).
"""

import time
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import anyio.to_thread
import structlog

from bot.domain.errors import BotError
from bot.hub.answers import Answer, read_answer, visible_slots
from bot.hub.rasa_wire import LineBroken, RasaWire
from bot.telemetry.tracing import TRACEPARENT, span

TOKEN_HEADER = "X-Xiaoer-Token"  # noqa: S105 - the name of a header, not a secret
CONVERSATION_HEADER = "X-Xiaoer-Conversation"
"""Which conversation a call is about: a balancer in front of several Rasa keeps it on one."""

CONNECT_TIMEOUT_S = 2.0
PROBE_TIMEOUT_S = 2.0
PROBE_LIFETIME_S = 2.0
"""How long an answer of the action server's health check is believed."""

Where = Callable[[], str | None]

log = structlog.get_logger()


class PartDown(BotError):
    """Rasa or the action server does not answer; `str()` names the part."""


class TurnFailed(BotError):
    """Rasa answers, but not this message; `str()` says with which status."""


@dataclass(frozen=True)
class RasaStatus:
    """What Rasa says of itself; `model` is the file name of the loaded model."""

    is_up: bool
    model: str | None = None


class RasaClient:
    """Talks to one Rasa server and looks after its action server.

    Args:
        rasa_url: Base address of `rasa run`.
        rasa_token: Shared secret.
        actions_url: Base address of the action server.
        turn_timeout_s: How long to hold the line for one turn.
        where: Returns where the model in use listens, None for `rasa_url`; asked in a thread, and
            only for the state of the whole (a turn is told by its claim).
    """

    def __init__(
        self,
        *,
        rasa_url: str,
        rasa_token: str,
        actions_url: str,
        turn_timeout_s: float,
        where: Where | None = None,
    ) -> None:
        self._token = rasa_token
        self._configured_url = rasa_url.rstrip("/")
        self._url: str | None = None
        self._where = where
        self._actions_url = actions_url.rstrip("/")
        self._actions_seen: tuple[float, bool] | None = None
        self._turn_timeout_s = turn_timeout_s
        self._wire = RasaWire(CONNECT_TIMEOUT_S)

    def at(self, url: str | None) -> "RasaClient":
        """Return a client for one turn, of the Rasa at `url`; None for the place in the settings.

        It shares the connections; only the first client is closed.
        """
        turned = copy(self)
        turned._url = (url or self._configured_url).rstrip("/")  # noqa: SLF001 - a copy of ourselves
        return turned

    async def ask(
        self,
        conversation_id: str,
        text: str,
        message_id: str,
        *,
        fields: Mapping[str, object] | None = None,
    ) -> Answer:
        """Give Rasa a message and return its answer; that of before when it had one.

        Args:
            conversation_id: Whose it is.
            text: What was said, or an intent with a slash.
            message_id: By which Rasa knows a message that comes again.
            fields: Slots to fill before it is understood, in the same transaction.

        Raises:
            PartDown: Nobody answered, or not in time.
            TurnFailed: Rasa answered with an error.
        """
        with span("ask_rasa", message_id=message_id) as mark:
            metadata: dict[str, object] = {"message_id": message_id}
            if mark:
                metadata[TRACEPARENT] = mark
            if fields:
                metadata["fields"] = fields
            body = {"sender": conversation_id, "message": text, "metadata": metadata}
            return read_answer(
                await self._call("POST", "/webhooks/hub/webhook", conversation_id, body=body)
            )

    async def slots(self, conversation_id: str) -> dict[str, object]:
        """Return the filled slots; raises `PartDown`, `TurnFailed`."""
        params = self._query(include_events="NONE")
        tracker = await self._call("GET", _tracker(conversation_id), conversation_id, params=params)
        return visible_slots(tracker.get("slots") or {})

    async def status(self) -> RasaStatus:
        """Return whether Rasa is up and which model it has loaded; never raises."""
        try:
            url = self._url or await self._current_url()
            answer = await self._wire.call(
                "GET",
                f"{url}/status",
                timeout_s=PROBE_TIMEOUT_S,
                headers={TOKEN_HEADER: self._token},
                params=self._query(),
            )
            if answer.is_success:
                return RasaStatus(is_up=True, model=answer.json().get("model_file"))
        except (LineBroken, ValueError):
            return RasaStatus(is_up=False)
        return RasaStatus(is_up=True)  # it answers, without a model or not to this token

    async def actions_up(self, *, fresh: bool = False) -> bool:
        """Tell whether the action server answers; an answer is believed for 2 s."""
        now = time.monotonic()
        if not fresh and self._actions_seen and now - self._actions_seen[0] < PROBE_LIFETIME_S:
            return self._actions_seen[1]
        try:
            address = f"{self._actions_url}/health"
            answer = await self._wire.call("GET", address, timeout_s=PROBE_TIMEOUT_S, headers={})
            is_up = answer.is_success
        except LineBroken:
            is_up = False
        self._actions_seen = (now, is_up)
        return is_up

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def _query(self, **values: str) -> dict[str, str]:
        return {"token": self._token, **values}

    async def _current_url(self) -> str:
        if self._where is None:
            return self._configured_url
        try:
            found = await anyio.to_thread.run_sync(self._where)
        except Exception as error:  # noqa: BLE001 - a database that is away has its own entry there
            log.warning("rasa_place_unknown", error=type(error).__name__)
            return self._configured_url
        return (found or self._configured_url).rstrip("/")

    async def _call(
        self,
        method: str,
        path: str,
        conversation_id: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Any:
        try:
            answer = await self._wire.call(
                method,
                f"{self._url or self._configured_url}{path}",
                timeout_s=self._turn_timeout_s,
                headers={TOKEN_HEADER: self._token, CONVERSATION_HEADER: conversation_id},
                params=params,
                body=body,
            )
        except LineBroken as error:
            log.warning("rasa_unreachable", error=str(error))
            raise PartDown("rasa") from error
        if not answer.is_success:
            raise TurnFailed(f"rasa answered {answer.status}")
        try:
            return answer.json()
        except ValueError as error:
            raise TurnFailed("rasa answered no JSON") from error


def _tracker(conversation_id: str) -> str:
    return f"/conversations/{quote(conversation_id, safe='')}/tracker"
