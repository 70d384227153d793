"""The pages of a plan on the real data and an empty database; documents are made in a thread."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from bot.bootstrap import App
from bot.documents.worker import PaperWorker
from bot.domain.plans import SavedPlan
from bot.portal.papers import LARGER_BODIES
from bot.portal.papers import routes as paper_routes
from bot.portal.plan import routes as plan_routes
from bot.services.conversations.conversations import open_web_conversation
from bot.settings import Settings
from bot.web_guard import BodyLimit
from tests.paper_factories import make_test_seal, saved_hot_pot
from tests.service_factories import NOW
from tests.web_app import open_app


class CountingExecutor(ThreadPoolExecutor):
    """One thread that counts its jobs."""

    def __init__(self) -> None:
        super().__init__(1)
        self.jobs = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.jobs += 1
        return super().submit(fn, *args, **kwargs)


@dataclass
class PlanDesk:
    """A saved plan, its pages, and what was said in its conversation."""

    app: App
    client: TestClient
    plan: SavedPlan
    path: str
    executor: CountingExecutor
    rung: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what the conversation shows."""
        with self.app.unit_of_work() as unit:
            messages = unit.conversations.messages(self.plan.conversation_id, after=0, limit=50)
        return [message.text for message in messages]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlanDesk]:
    with plan_desk(tmp_path) as made:
        yield made


@contextmanager
def plan_desk(folder: Path) -> Iterator[PlanDesk]:
    """Open the pages of a plan with all that they keep in a folder."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'portal.db'}",
        state_dir=folder,
        public_url="https://example.org",
        testing=True,
    )
    make_test_seal(folder, NOW)
    executor = CountingExecutor()
    worker = PaperWorker(lambda: executor)
    with open_app(settings) as opened:
        app = replace(opened, now=lambda: NOW)
        conversation = open_web_conversation(app.unit_of_work, now=NOW)
        shared = saved_hot_pot(app.engine, conversation_id=conversation.conversation_id)
        web = Starlette(
            routes=[*paper_routes(app, worker), *plan_routes(app)],
            middleware=[Middleware(BodyLimit, refuse=_refuse, larger=LARGER_BODIES)],
        )
        # errors reach the test as pages, as they reach people
        with TestClient(web, raise_server_exceptions=False) as client:
            made = PlanDesk(app, client, shared.plan, shared.path, executor)
            wakeups = SimpleNamespace(ring=lambda *topics: made.rung.extend(topics))
            web.state.hub = SimpleNamespace(wakeups=wakeups)
            yield made
    worker.close()


async def _refuse(scope: object, receive: object, send: object) -> None:
    assert callable(send)
    await send({"type": "http.response.start", "status": 413, "headers": []})
    await send({"type": "http.response.body", "body": b""})
