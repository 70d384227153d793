"""Rasa must not go on with half a turn when the action server fails."""

import importlib
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.operations.ports_free import free_port
from tests.servers import ServerThread


class Rasa:
    """What is needed of Rasa, imported late: TensorFlow warns while it loads."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.actions = importlib.import_module("rasa.core.actions.action")
            self.whole_turns = importlib.import_module("bot.nlu.whole_turns")
            self.channel = importlib.import_module("rasa.core.channels.channel")
            self.nlg = importlib.import_module("rasa.core.nlg")
            self.domain = importlib.import_module("rasa.shared.core.domain")
            self.trackers = importlib.import_module("rasa.shared.core.trackers")
            self.endpoints = importlib.import_module("rasa.utils.endpoints")

    async def run(self, name: str, url: str) -> Any:
        endpoint = self.endpoints.EndpointConfig(f"{url}/webhook")
        return await self.actions.RemoteAction(name, endpoint).run(
            self.channel.CollectingOutputChannel(),
            self.nlg.TemplatedNaturalLanguageGenerator({}),
            self.trackers.DialogueStateTracker.from_events("conversation", []),
            self.domain.Domain.empty(),
        )


@pytest.fixture
def rasa(monkeypatch: pytest.MonkeyPatch) -> Rasa:
    rasa = Rasa()
    kind = rasa.actions.RemoteAction
    monkeypatch.setattr(kind, "run", kind.run)  # put back afterwards
    rasa.whole_turns.keep_turns_whole()
    return rasa


@pytest.fixture
def action_server() -> Iterator[str]:
    """An action server whose action's name says what it does."""

    async def run(request: Request) -> Response:
        name = (await request.json())["next_action"]
        if name == "action_fails":
            return Response(status_code=500)
        if name == "action_rejects":
            return JSONResponse({"action_name": name, "error": "no"}, status_code=400)
        return JSONResponse({"events": [], "responses": []})

    server = ServerThread(Starlette(routes=[Route("/webhook", run, methods=["POST"])]))
    server.start()
    yield server.url
    server.stop()


async def test_an_action_server_that_is_away_breaks_the_turn(rasa: Rasa) -> None:
    with pytest.raises(rasa.whole_turns.TurnBroken):
        await rasa.run("action_anything", f"http://127.0.0.1:{free_port()}")


async def test_an_action_that_fails_breaks_the_turn(rasa: Rasa, action_server: str) -> None:
    with pytest.raises(rasa.whole_turns.TurnBroken):
        await rasa.run("action_fails", action_server)


async def test_whatever_goes_wrong_in_a_call_breaks_the_turn(
    rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that nobody thought of must not be swallowed either, with the action's events."""

    async def unforeseen(*_arguments: Any, **_options: Any) -> None:
        raise RuntimeError("unable to perform operation on a closed transport")

    monkeypatch.setattr(rasa.endpoints.EndpointConfig, "request", unforeseen)

    with pytest.raises(rasa.whole_turns.TurnBroken):
        await rasa.run("action_anything", "http://127.0.0.1:9")


async def test_a_rejected_answer_breaks_nothing(rasa: Rasa, action_server: str) -> None:
    with pytest.raises(rasa.actions.ActionExecutionRejection):
        await rasa.run("action_rejects", action_server)


async def test_an_action_that_runs_is_unchanged(rasa: Rasa, action_server: str) -> None:
    assert await rasa.run("action_runs", action_server) == []


def test_a_broken_turn_is_not_swallowed_with_the_exceptions_of_actions(rasa: Rasa) -> None:
    assert not issubclass(rasa.whole_turns.TurnBroken, Exception)
