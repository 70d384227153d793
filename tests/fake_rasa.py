"""A server that speaks Rasa's REST channel and tracker API, and fails on command."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers import ServerThread

TOKEN = "rasa-secret"
Items = list[dict[str, Any]]


class FakeRasa:
    """Rasa and its action server in one.

    Attributes:
        answer: Message text to the items that the REST channel returns.
        mode: "ok"; "refuse" answers 503; "forget" does the turn but breaks the connection's
            answer (503 after the tracker was written); "silent" answers with no items.
        actions_are_up: What the action server's health check says.
        delay_s: How long a turn takes.
        posted: Every message that had a turn, `(sender, text, message id)`; one that is said
            again has none, as with `bot/nlu/said_once.py`.
        kept_by: Of each that was posted, by what a balancer keeps the conversation on one Rasa.
        running: Turns in progress; `most_running` is the most there ever were.
    """

    def __init__(self) -> None:
        self.answer: Callable[[str], Items] = lambda text: [{"text": f"听到：{text}"}]
        self.mode = "ok"
        self.actions_are_up = True
        self.delay_s = 0.0
        self.posted: list[tuple[str, str, str]] = []
        self.kept_by: list[str] = []
        self.running = self.most_running = 0
        self.running_of: defaultdict[str, int] = defaultdict(int)
        self.overlaps = 0
        self.said: defaultdict[str, dict[str, Items]] = defaultdict(dict)
        self.slots: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self.server = ServerThread(
            Starlette(
                routes=[
                    Route("/webhooks/hub/webhook", self._turn, methods=["POST"]),
                    Route("/conversations/{id}/tracker", self._tracker),
                    Route("/status", self._status),
                    Route("/actions/health", self._health),
                ]
            )
        )

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def actions_url(self) -> str:
        return f"{self.server.url}/actions"

    @property
    def texts(self) -> list[str]:
        return [text for _sender, text, _message_id in self.posted]

    async def _turn(self, request: Request) -> Response:
        if request.headers.get("x-xiaoer-token") != TOKEN:
            return Response(status_code=401)
        if self.mode == "refuse":
            return Response(status_code=503)
        body = await request.json()
        sender, text = body["sender"], body["message"]
        message_id = body["metadata"]["message_id"]
        if message_id not in self.said[sender]:
            self.posted.append((sender, text, message_id))
        self.kept_by.append(request.headers.get("x-xiaoer-conversation", ""))
        self.running += 1
        self.running_of[sender] += 1
        self.overlaps += self.running_of[sender] > 1
        self.most_running = max(self.most_running, self.running)
        try:
            await asyncio.sleep(self.delay_s)
        finally:
            self.running -= 1
            self.running_of[sender] -= 1
        said = self.said[sender].get(message_id)
        if said is None:
            said = self.said[sender][message_id] = self._begin(sender, text, body["metadata"])
        if self.mode == "forget":
            return Response(status_code=503)
        return JSONResponse([{"recipient_id": sender, **item} for item in said])

    def _begin(self, sender: str, text: str, metadata: dict[str, Any]) -> Items:
        items = [] if self.mode == "silent" else self.answer(text)
        self.slots[sender].update(metadata.pop("fields", {}))
        return items

    async def _tracker(self, request: Request) -> Response:
        if request.query_params.get("token") != TOKEN:
            return Response(status_code=401)
        name = request.path_params["id"]
        return JSONResponse({"sender_id": name, "slots": self.slots[name]})

    async def _status(self, request: Request) -> Response:
        if request.query_params.get("token") != TOKEN:
            return Response(status_code=401)
        return JSONResponse({"model_file": "20261123.tar.gz", "model_id": "x"})

    async def _health(self, _request: Request) -> Response:
        return Response(status_code=200 if self.actions_are_up else 503)


@contextmanager
def fake_rasa() -> Iterator[FakeRasa]:
    """Run one."""
    fake = FakeRasa()
    fake.server.start()
    try:
        yield fake
    finally:
        fake.server.dismiss()
