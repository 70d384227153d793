"""Calls the action server over a connection that stays open, with JSON that is made once.

Stock Rasa opens a connection for each action, sends the whole domain with it, and turns every
event of the session into JSON again. No action of ours reads the domain (`tests/actions` calls
them without one), and what an event says never changes once it stands in a tracker. Events that
the server said it has kept are not sent again (`bot/nlu/sent_events.py`): in a long conversation
they were 90 kB a call, three calls a turn.

A connection that the action server has closed meanwhile (a restart) is found out by the call: then
it is made once more on a new one, as a turn that breaks is said again by the hub.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.nlu.event_json import events_json
from bot.nlu.levers.lever import Lever, Replaced
from bot.nlu.sent_events import AFTER, KEPT, MARK, NEW, SHARED, UNKNOWN, Sent, SentEvents, new_mark

KEPT_S = 3.0
"""Unused for so long, a connection is closed here; the action server closes its end after 5 s."""

HTTP_BAD_REQUEST = 400

_STOCK_REQUEST = EndpointConfig.request
_SENT = SentEvents()
_SESSIONS: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession] = WeakKeyDictionary()


class ActionCall(dict[str, Any]):
    """What is sent for an action, with the events already in JSON.

    Attributes:
        events: The JSON of each event of the tracker.
    """

    def __init__(self, call: dict[str, Any], events: Sequence[str]) -> None:
        super().__init__(call)
        self.events = events

    def encoded(self, known: Sent | None = None, mark: str | None = None) -> bytes:
        """Return the body of the request, without what the server knows.

        Args:
            known: What it keeps of this conversation.
            mark: Under which it may keep the events of this call.
        """
        rest: dict[str, Any] = {name: value for name, value in self.items() if name != "tracker"}
        shared = known.shared_with(self.events) if known else 0
        if mark:
            rest[MARK] = mark
        if known and shared:
            rest |= {AFTER: known.mark, SHARED: shared}
        tracker, head = json.dumps(self["tracker"]), json.dumps(rest)
        events = ", ".join(self.events[shared:])
        if shared:
            # in another place: a server that knows no marks must not take them for all
            return f'{head[:-1]}, "tracker": {tracker}, "{NEW}": [{events}]}}'.encode()
        return f'{head[:-1]}, "tracker": {tracker[:-1]}, "events": [{events}]}}}}'.encode()


def _pull() -> None:
    RemoteAction._action_call_format = call_of  # type: ignore[method-assign,assignment]  # noqa: SLF001
    EndpointConfig.request = _request  # type: ignore[method-assign,assignment]


def call_of(action: RemoteAction, tracker: DialogueStateTracker, _domain: Domain) -> ActionCall:
    """Return the call of an action; the tracker's state is stock's but for the events."""
    state = tracker.current_state(EventVerbosity.NONE)
    del state["events"]
    call = {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": state,
        "version": rasa.__version__,
    }
    return ActionCall(call, events_json(tracker.events))


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
    if compress or endpoint.basic_auth or endpoint.cafile:
        options["json"] = json.loads(call.encoded())
        return await _STOCK_REQUEST(endpoint, method, subpath, content_type, compress, **options)
    return await _call(endpoint, call)


async def _call(endpoint: EndpointConfig, call: ActionCall) -> Any:
    sender_id, mark = call["sender_id"], new_mark()
    known = _SENT.take(sender_id)
    answer = await _post_again(endpoint, call.encoded(known, mark))
    if known and isinstance(answer, dict) and answer.get(UNKNOWN):
        _SENT.not_understood()
        answer = await _post_again(endpoint, call.encoded(None, mark))
    if isinstance(answer, dict) and answer.pop(KEPT, None) == mark:
        _SENT.put(sender_id, Sent(mark, call.events))
    return answer


async def _post_again(endpoint: EndpointConfig, body: bytes) -> Any:
    try:
        return await _HOW.post(endpoint, body)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
        return await _HOW.post(endpoint, body)


async def post_by_aiohttp(endpoint: EndpointConfig, body: bytes) -> Any:
    """Send a call by the client that stock uses, over a connection that stays open."""
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


@dataclass
class _How:
    """How calls are sent; another lever may know a cheaper way."""

    post: Callable[[EndpointConfig, bytes], Awaitable[Any]]


_HOW = _How(post_by_aiohttp)


def post_by(post: Callable[[EndpointConfig, bytes], Awaitable[Any]]) -> None:
    """Send calls in this way from now on."""
    _HOW.post = post


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
