"""The desk's routes in this process, with a clock that stands still."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.desk.routes import routes
from bot.domain.people import Agent, Role
from bot.hub.wakeups import LocalWakeups
from tests.desk_cast import PASSWORD, Cast, FakeClock
from tests.desk_server import build_app

ORIGIN = "http://desk.test"


@dataclass
class Site:
    """The running desk and what tests turn on it."""

    asgi: Starlette
    cast: Cast
    clock: FakeClock
    wakeups: LocalWakeups

    def browser(self, *, origin: str | None = ORIGIN) -> httpx.AsyncClient:
        """Return a browser without a session."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.asgi),
            base_url=ORIGIN,
            headers={} if origin is None else {"origin": origin},
        )


@pytest.fixture
def site(sqlite_engine: Engine) -> Site:
    clock, wakeups = FakeClock(), LocalWakeups()
    app = build_app(sqlite_engine, clock)
    return Site(
        asgi=Starlette(routes=routes(app, wakeups, beat_every_s=0.05, fragments_last_s=0)),
        cast=Cast(app.unit_of_work),
        clock=clock,
        wakeups=wakeups,
    )


@pytest.fixture
def meimei(site: Site) -> Agent:
    return site.cast.agent()


@pytest.fixture
async def browser(site: Site, meimei: Agent) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which 韩梅梅 is logged in."""
    async with site.browser() as client:
        await login(client, "hanmeimei")
        yield client


@pytest.fixture
async def other(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which 李雷 is logged in."""
    site.cast.agent("lilei", "李雷", Role.AGENT)
    async with site.browser() as client:
        await login(client, "lilei")
        yield client


async def login(
    client: httpx.AsyncClient, name: str, password: str = PASSWORD, conversation_id: str = ""
) -> httpx.Response:
    """Send the login form."""
    form = {"login": name, "password": password, "c": conversation_id}
    return await client.post("/desk/login", data=form)
