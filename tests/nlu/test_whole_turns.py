"""Rasa must not go on with half a turn when the action server fails."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.nlu.whole_turns import TurnBroken, keep_turns_whole
from tests.databases import free_port
from tests.servers import ServerThread


@pytest.fixture(autouse=True)
def whole_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "run", RemoteAction.run)  # put back afterwards
    keep_turns_whole()


@pytest.fixture
async def action_server() -> AsyncIterator[ServerThread]:
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
    yield server
    server.stop()


async def run_action(name: str, url: str) -> Any:
    domain = Domain.empty()
    return await RemoteAction(name, EndpointConfig(f"{url}/webhook")).run(
        CollectingOutputChannel(),
        TemplatedNaturalLanguageGenerator({}),
        DialogueStateTracker.from_events("conversation", []),
        domain,
    )


async def test_an_action_server_that_is_away_breaks_the_turn() -> None:
    with pytest.raises(TurnBroken):
        await run_action("action_anything", f"http://127.0.0.1:{free_port()}")


async def test_an_action_server_that_fails_breaks_the_turn(action_server: ServerThread) -> None:
    with pytest.raises(TurnBroken):
        await run_action("action_fails", action_server.url)


async def test_a_form_that_rejects_an_answer_breaks_nothing(action_server: ServerThread) -> None:
    with pytest.raises(ActionExecutionRejection):
        await run_action("action_rejects", action_server.url)


async def test_an_action_that_runs_is_unchanged(action_server: ServerThread) -> None:
    assert await run_action("action_runs", action_server.url) == []


def test_a_broken_turn_passes_through_code_that_catches_every_exception() -> None:
    assert not issubclass(TurnBroken, Exception)
