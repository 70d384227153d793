"""Calls the action server over a connection that stays open, with JSON that is made once.

Stock Rasa opens a connection for each action, sends the whole domain with it, and turns every
event of the session into JSON again. No action of ours reads the domain (`tests/actions` calls
them without one), and what an event says never changes once it stands in a tracker.

A connection that the action server has closed meanwhile (a restart) is found out by the call: then
it is made once more on a new one, as a turn that breaks is said again by the hub.
"""

import asyncio
import json
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.nlu.event_json import event_json
from bot.nlu.levers.lever import Lever, Replaced

KEPT_S = 3.0
"""Unused for so long, a connection is closed here; the action server closes its end after 5 s."""

HTTP_BAD_REQUEST = 400

_STOCK_REQUEST = EndpointConfig.request
_SESSIONS: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession] = WeakKeyDictionary()


class ActionCall(dict[str, Any]):
    """What is sent for an action, with the events already in JSON.

    Attributes:
        events: The events of the tracker, a JSON array.
    """

    def __init__(self, call: dict[str, Any], events: str) -> None:
        super().__init__(call)
        self.events = events

    def encoded(self) -> bytes:
        """Return the body of the request."""
        tracker = json.dumps(self["tracker"])
        rest = json.dumps({name: value for name, value in self.items() if name != "tracker"})
        return f'{rest[:-1]}, "tracker": {tracker[:-1]}, "events": {self.events}}}}}'.encode()


def _pull() -> None:
    RemoteAction._action_call_format = call_of  # type: ignore[method-assign,assignment]  # noqa: SLF001
    EndpointConfig.request = _request  # type: ignore[method-assign,assignment]


def call_of(action: RemoteAction, tracker: DialogueStateTracker, _domain: Domain) -> ActionCall:
    """Return the call of an action; the tracker's state is stock's but for the events."""
    state = tracker.current_state(EventVerbosity.NONE)
    del state["events"]
    events = ", ".join(map(event_json, tracker.events))
    call = {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": state,
        "version": rasa.__version__,
    }
    return ActionCall(call, f"[{events}]")


async def _request(
    endpoint: EndpointConfig,
    method: str = "post",
    subpath: str | None = None,
    content_type: str | None = "application/json",
    compress: bool = False,
    **options: Any,
) -> Any:
    call = options.get("json")
    if not isinstance(call, ActionCall):
        return await _STOCK_REQUEST(endpoint, method, subpath, content_type, compress, **options)
    body = call.encoded()
    if compress or endpoint.basic_auth or endpoint.cafile:
        options["json"] = json.loads(body)
        return await _STOCK_REQUEST(endpoint, method, subpath, content_type, compress, **options)
    try:
        return await _post(endpoint, body)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
        return await _post(endpoint, body)


async def _post(endpoint: EndpointConfig, body: bytes) -> Any:
    async with _session().post(
        endpoint.url or "",
        data=body,
        headers={"Content-Type": "application/json", **endpoint.headers},
        params=endpoint.combine_parameters(),
    ) as response:
        text = await response.read()
        if response.status >= HTTP_BAD_REQUEST:
            raise ClientResponseError(
                response.status, response.reason or "", text.decode(errors="replace")
            )
        return json.loads(text) if response.content_type == "application/json" else None


def _session() -> aiohttp.ClientSession:
    loop = asyncio.get_running_loop()
    session = _SESSIONS.get(loop)
    if session is None:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_S)
        timeout = aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT)
        session = _SESSIONS[loop] = aiohttp.ClientSession(connector=connector, timeout=timeout)
    return session


async def close() -> None:
    """Close what is open to action servers from the running loop."""
    session = _SESSIONS.pop(asyncio.get_running_loop(), None)
    if session is not None:
        await session.close()


LEVER = Lever(
    "action_calls",
    _pull,
    (
        Replaced(RemoteAction._action_call_format, "eb6b5667d432df53"),  # noqa: SLF001
        Replaced(RemoteAction.run, "f0cfd283c7b099c2"),
        Replaced(EndpointConfig.request, "8472a3652cf5ff4c"),
        Replaced(EndpointConfig.session, "344e3afe8c9a0cbf"),
        Replaced(DialogueStateTracker.current_state, "07d4cad2d3a8de0c"),
    ),
)
