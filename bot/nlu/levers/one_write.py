"""Calls the action server with one write over a line of its own.

Stock Rasa calls actions by way of aiohttp, a client for every server there is. What that costs, and
what stands in its place, says `bot/nlu/action_line`. It is used for what `action_calls` sends, to
addresses that begin with `http://`; all else goes the old way.
"""

import asyncio
import json
from typing import Any
from weakref import WeakKeyDictionary

from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.nlu.action_line import ActionLine, with_parameters
from bot.nlu.levers import action_calls
from bot.nlu.levers.lever import Lever, Replaced

_LINES: WeakKeyDictionary[asyncio.AbstractEventLoop, ActionLine] = WeakKeyDictionary()


def _pull() -> None:
    action_calls.post_by(post)


async def post(endpoint: EndpointConfig, body: bytes) -> Any:
    """Send a call and return what the JSON of the answer holds, None when it has none.

    Raises:
        ClientResponseError: The action server refuses, as stock raises it.
        aiohttp.ClientError: No answer came.
    """
    url = endpoint.url or ""
    if not url.startswith("http://"):
        return await action_calls.post_by_aiohttp(endpoint, body)
    answer = await _line().post(
        with_parameters(url, endpoint.combine_parameters()),
        endpoint.headers,
        body,
        DEFAULT_REQUEST_TIMEOUT,
    )
    if answer.status >= action_calls.HTTP_BAD_REQUEST:
        raise ClientResponseError(answer.status, "", answer.body.decode(errors="replace"))
    return json.loads(answer.body) if answer.is_json else None


def _line() -> ActionLine:
    loop = asyncio.get_running_loop()
    line = _LINES.get(loop)
    if line is None:
        line = _LINES[loop] = ActionLine()
    return line


def close() -> None:
    """Close what is open to action servers from the running loop."""
    line = _LINES.pop(asyncio.get_running_loop(), None)
    if line is not None:
        line.close()


LEVER = Lever(
    "one_write",
    _pull,
    (
        Replaced(RemoteAction.run, "f0cfd283c7b099c2"),
        Replaced(EndpointConfig.request, "8472a3652cf5ff4c"),
        Replaced(EndpointConfig.session, "344e3afe8c9a0cbf"),
    ),
)
