"""The event stream, over a real connection."""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from bot.asgi import create_app
from bot.bootstrap import App
from bot.domain.conversations import Reply
from tests.faults.proxy import Proxy
from tests.servers import ServerThread

EVENTS = "/api/chat/events"
ROUNDS = 50


@pytest.fixture
def server(app: App) -> Iterator[ServerThread]:
    running = ServerThread(create_app(app))
    running.start()
    yield running
    running.close()


@pytest.fixture
def client(server: ServerThread) -> Iterator[httpx.Client]:  # type: ignore[override]
    with httpx.Client(base_url=server.url, timeout=10, trust_env=False) as made:
        yield made


def read_events(client: httpx.Client, count: int, **options: Any) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    with client.stream("GET", EVENTS, **options) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        event_id = ""
        for line in response.iter_lines():
            if line.startswith("id: "):
                event_id = line[4:]
            elif line.startswith("data: "):
                events.append({"id": int(event_id), **json.loads(line[6:])})
            if len(events) == count:
                break
    return events


def test_a_browser_is_known_by_its_cookie_and_replay_starts_after_the_last_event(
    client: httpx.Client,
) -> None:
    opened = client.post("/api/chat/conversations").json()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    body = {"client_id": "1", "text": "在吗"}
    sent = client.post("/api/chat/messages", headers=headers, json=body).json()

    seen: list[dict[str, Any]] = []
    while not any(line["author"] == "bot" for event in seen for line in event["messages"]):
        replay_from = str(seen[-1]["id"]) if seen else "0"
        seen += read_events(client, 1, headers={"Last-Event-ID": replay_from})

    lines = [line["text"] for event in seen for line in event["messages"]]
    assert lines == ["在吗", "听到：在吗"]
    assert seen[-1]["id"] > sent["message_id"]


def test_the_stream_gives_the_state_at_once(client: httpx.Client) -> None:
    opened = client.post("/api/chat/conversations").json()
    client.cookies.clear()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    events = read_events(client, 1, headers=headers)

    state = {"messages": [], "owner": "bot", "busy": False}
    assert events == [{"id": 0, "conversation_id": opened["conversation_id"], **state}]


def test_a_stream_that_breaks_fifty_times_shows_each_line_once_and_in_order(
    server: ServerThread, app: App
) -> None:
    """The line to the hub is reset in the middle of things; the page goes on after its last."""
    line, dice = Proxy(server.port), random.Random(5)  # noqa: S311 - when it breaks is no secret
    seen: list[dict[str, Any]] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{line.port}", timeout=60) as reader:
        opened = reader.post("/api/chat/conversations").json()

        def read_on() -> None:
            last = str(seen[-1]["id"]) if seen else "0"
            with suppress(httpx.HTTPError):
                seen.extend(read_events(reader, 1, headers={"Last-Event-ID": last}))

        for number in range(ROUNDS):
            with app.unit_of_work() as unit:
                reply = Reply(str(number))
                unit.conversations.add_message(opened["conversation_id"], reply, now=app.now())
            breaking = threading.Timer(dice.uniform(0, 0.02), line.reset)
            breaking.start()
            read_on()
            breaking.join()
        while sum(len(event["messages"]) for event in seen) < ROUNDS:
            read_on()
    line.close()

    shown = [message["text"] for event in seen for message in event["messages"]]
    assert shown == [str(number) for number in range(ROUNDS)]
