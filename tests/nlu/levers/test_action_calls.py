"""An action is called with what stock sends but for the domain, and broken connections are met."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.nlu.event_json import event_json
from bot.nlu.levers import action_calls, validator

STOCK_FORMAT = RemoteAction._action_call_format
STOCK_REQUEST = EndpointConfig.request
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def _pulled() -> Iterator[None]:
    action_calls.LEVER.pull()
    yield
    RemoteAction._action_call_format = STOCK_FORMAT  # type: ignore[method-assign]
    EndpointConfig.request = STOCK_REQUEST  # type: ignore[method-assign]


def tracker() -> DialogueStateTracker:
    made = DialogueStateTracker("c1", [AnySlot("trade", mappings=[{}])])
    made.update(UserUttered("开店", {"name": "ask", "confidence": 0.9}, message_id="7"))
    made.update(ActiveLoop("open_form"))
    made.update(SlotSet("trade", ["火锅"]))
    return made


@asynccontextmanager
async def endpoint(answer: Handler) -> AsyncIterator[EndpointConfig]:
    """Serve actions on a free port."""
    site = web.Application()
    site.router.add_post("/webhook", answer)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        port = runner.addresses[0][1]
        yield EndpointConfig(f"http://127.0.0.1:{port}/webhook")
    finally:
        await action_calls.close()
        await runner.cleanup()


async def call(where: EndpointConfig) -> object:
    action = RemoteAction("action_answer", where)
    body = action._action_call_format(tracker(), Domain.empty())
    return await where.request(json=body, method="post", timeout=300)


async def test_what_is_sent_is_what_stock_sends_but_for_the_domain() -> None:
    sent: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        sent.append(await request.json())
        return web.json_response({"events": [], "responses": [{"text": "好"}]})

    action, made = RemoteAction("action_answer", None), tracker()
    stock = STOCK_FORMAT(action, made, Domain.empty())
    del stock["domain"]
    async with endpoint(answer) as where:
        body = action._action_call_format(made, Domain.empty())
        found = await where.request(json=body, method="post", timeout=300)

    assert found == {"events": [], "responses": [{"text": "好"}]}
    assert sent == [json.loads(json.dumps(stock))]


async def test_calls_share_a_connection() -> None:
    peers = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"events": []})

    async with endpoint(answer) as where:
        for _ in range(3):
            await call(where)

    assert len(peers) == 1


async def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    answered = 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal answered
        answered += 1
        if answered == 2:
            assert request.transport is not None
            request.transport.close()  # as a server that restarts between two calls
        return web.json_response({"events": []})

    async with endpoint(answer) as where:
        assert await call(where) == {"events": []}
        assert await call(where) == {"events": []}
    assert answered == 3


async def test_a_refusal_of_an_action_is_stocks_error() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"action_name": "action_answer", "error": "no"}, status=400)

    async with endpoint(answer) as where:
        with pytest.raises(ClientResponseError) as caught:
            await call(where)

    assert caught.value.status == 400
    assert json.loads(caught.value.text) == {"action_name": "action_answer", "error": "no"}


def test_the_json_of_an_event_follows_its_time_and_metadata() -> None:
    event = SlotSet("trade", "火锅", timestamp=1.0)
    first = event_json(event)
    event.timestamp = 2.0
    later = event_json(event)
    event.metadata = {"model_id": "m"}

    assert json.loads(first)["timestamp"] == 1.0
    assert json.loads(later)["timestamp"] == 2.0
    assert json.loads(event_json(event)) == event.as_dict()


def test_an_answer_of_a_kind_that_needs_a_walk_is_never_called_plain() -> None:
    plain = {"event": "slot", "name": "trade", "value": None, "timestamp": None}
    assert validator.is_plain({"events": [plain], "responses": [{}]})
    faults: tuple[dict[str, object], ...] = (
        {**plain, "name": 7},
        {**plain, "timestamp": True},
        {**plain, "metadata": []},
        {"event": "slot", "name": "trade"},
        {"event": "user", "parse_data": 7},
        {"event": ["slot"]},
    )
    for fault in faults:
        assert not validator.is_plain({"events": [fault]})
