"""An action is called with what stock sends but for the domain, and broken connections are met."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor

from actions.turns import kept_events as _kept_events
from actions.turns.kept_events import KeptEvents, keeping
from bot.nlu import sent_events
from bot.nlu.event_json import event_json
from bot.nlu.levers import action_calls, one_write, validator
from bot.nlu.sent_events import AFTER, KEPT, MARK, NEW, SHARED, Sent, SentEvents

STOCK_FORMAT = RemoteAction._action_call_format
STOCK_REQUEST = EndpointConfig.request
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True, params=["by aiohttp", "in one write"])
def _pulled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(action_calls, "_SENT", SentEvents())
    monkeypatch.setattr(action_calls, "_HOW", action_calls._How(action_calls.post_by_aiohttp))
    action_calls.LEVER.pull()
    if request.param == "in one write":
        one_write.LEVER.pull()
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
        one_write.close()
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
    assert isinstance(sent[0], dict)
    assert sent[0].pop(MARK)
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


class Server:
    """An action server that keeps events; its actions note what they are given."""

    def __init__(self) -> None:
        self.kept = KeptEvents()
        self.bodies: list[dict[str, Any]] = []
        self.given: list[list[object]] = []

    async def answer(self, request: web.Request) -> web.Response:
        call = await request.json()
        self.bodies.append(json.loads(json.dumps(call)))
        run = keeping(self._run, self.kept)
        return web.json_response(await run(ActionExecutor(), call))

    async def _run(self, _executor: ActionExecutor, call: dict[str, Any]) -> dict[str, Any]:
        self.given.append(call["tracker"]["events"])
        return {"events": [], "responses": []}

    def sent(self) -> list[int]:
        """Return how many events each call carried."""
        return [len(body.get(NEW, body["tracker"].get("events"))) for body in self.bodies]


async def tell(where: EndpointConfig, about: DialogueStateTracker) -> list[object]:
    """Call an action; returns what stock would have sent of events."""
    action = RemoteAction("action_answer", where)
    body = action._action_call_format(about, Domain.empty())
    assert await where.request(json=body, method="post", timeout=300) == {
        "events": [],
        "responses": [],
    }
    stock = STOCK_FORMAT(action, about, Domain.empty())["tracker"]["events"]
    found: list[object] = json.loads(json.dumps(stock))
    return found


async def test_events_are_sent_once_and_actions_get_all_of_them() -> None:
    server, made = Server(), tracker()
    async with endpoint(server.answer) as where:
        expected = [await tell(where, made)]
        made.update(SlotSet("trade", "理发"))
        expected.append(await tell(where, made))
        made.events[-1].timestamp = 7.0  # as when Rasa takes an event over from a copy
        made.update(SlotSet("trade", None))
        expected.append(await tell(where, made))
        made.events.popleft()  # another history
        expected.append(await tell(where, made))

    assert server.given == expected
    assert server.sent() == [3, 1, 2, 4]


async def test_a_server_that_has_restarted_is_sent_everything_for_a_while() -> None:
    server, made = Server(), tracker()
    async with endpoint(server.answer) as where:
        await tell(where, made)
        server.kept = KeptEvents()
        expected = await tell(where, made)
        await tell(where, made)

    assert server.given == [expected] * 3
    assert server.sent() == [3, 0, 3, 3]


async def test_a_server_that_keeps_nothing_is_always_sent_everything() -> None:
    bodies: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        bodies.append(await request.json())
        return web.json_response({"events": [], "responses": []})

    async with endpoint(answer) as where:
        for _ in range(3):
            await tell(where, tracker())

    assert [len(body["tracker"]["events"]) for body in bodies] == [3, 3, 3]
    assert not any(AFTER in body for body in bodies)


def test_both_sides_forget_the_conversation_that_called_longest_ago() -> None:
    sent, kept = SentEvents(most=3), KeptEvents(most=3)
    for number, name in enumerate("ab"):
        sent.put(name, Sent(str(number), ["{}", "{}"]))
        call = {"sender_id": name, MARK: str(number), "tracker": {"events": [{}, {}]}}
        assert kept.complete(call)

    assert sent.take("a") is None
    assert sent.take("b") is not None
    for name, mark, is_known in (("a", "0", False), ("b", "1", True)):
        more = {"sender_id": name, MARK: "9", AFTER: mark, SHARED: 2, NEW: [], "tracker": {}}
        assert kept.complete(more) == is_known


async def test_stock_rasa_is_served_as_before() -> None:
    server = Server()
    run = keeping(server._run, server.kept)

    answer = await run(ActionExecutor(), {"sender_id": "c1", "tracker": {"events": [{}]}})

    assert answer == {"events": [], "responses": []}
    assert KEPT not in answer


def test_the_names_of_the_fields_are_the_same_on_both_sides() -> None:
    for name in ("MARK", "AFTER", "SHARED", "NEW", "KEPT", "UNKNOWN"):
        assert getattr(_kept_events, name) == getattr(sent_events, name)


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
