"""The web application in this process, beside a fake Rasa."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.asgi import create_app
from bot.bootstrap import App
from bot.hub.hub import run_hub
from bot.settings import Settings
from tests.fake_rasa import TOKEN, FakeRasa, fake_rasa
from tests.web_app import open_app


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with fake_rasa() as fake:
        yield fake


@pytest.fixture
def app(tmp_path: Path, rasa: FakeRasa) -> Iterator[App]:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'web.db'}",
        rasa_url=rasa.url,
        rasa_token=TOKEN,
        actions_url=rasa.actions_url,
        testing=True,
    )
    with open_app(settings) as opened:
        yield opened


@asynccontextmanager
async def client_of(app: App) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of an application, its worker running."""
    web = create_app(app)
    transport = httpx.ASGITransport(app=web, raise_app_exceptions=False)
    async with (
        run_hub(web.state.hub),
        httpx.AsyncClient(transport=transport, base_url="http://hub") as made,
    ):
        yield made


@pytest_asyncio.fixture
async def client(app: App) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, its worker running."""
    async with client_of(app) as made:
        yield made
