"""A real server for browser tests: the desk's routes on uvicorn, in a thread, on a free port."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import uvicorn
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.bootstrap import App, build, utc_now
from bot.desk.routes import routes
from bot.hub.wakeups import DESK, LocalWakeups
from bot.operations.ports_free import free_port
from bot.services.ports import Clock
from bot.settings import Settings
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.desk_cast import DATA, Cast

START_S = 20.0


def build_app(engine: Engine, now: Clock) -> App:
    """Return an application on a test database with a test clock."""
    folder = Path(engine.url.database or "").parent
    return replace(
        _built(),
        settings=Settings(data_dir=DATA, state_dir=folder),
        engine=engine,
        unit_of_work=unit_of_work_factory(engine),
        reading=reading_factory(engine),
        now=now,
    )


@lru_cache(maxsize=1)
def _built() -> App:
    return build(Settings(data_dir=DATA, database_url="sqlite:///:memory:"))


@dataclass
class DeskServer:
    """A running desk; `ring` is what the hub does after a message came in."""

    url: str
    cast: Cast
    wakeups: LocalWakeups

    def ring(self) -> None:
        """Wake every open desk."""
        self.wakeups.ring(DESK)


@contextmanager
def desk_server(
    engine: Engine, *, now: Clock = utc_now, port: int | None = None, beat_every_s: float = 2.0
) -> Iterator[DeskServer]:
    """Run a server until the block ends."""
    port = port or free_port()
    wakeups = LocalWakeups()
    app = build_app(engine, now)
    site = Starlette(routes=routes(app, wakeups, beat_every_s=beat_every_s))
    config = uvicorn.Config(
        site,
        host="127.0.0.1",
        port=port,
        ws="wsproto",
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        thread.join(0.02)
    assert server.started
    try:
        yield DeskServer(f"http://127.0.0.1:{port}", Cast(app.unit_of_work), wakeups)
    finally:
        config.timeout_graceful_shutdown = 0  # open desks, which stream, are cut off at once
        server.should_exit = True
        thread.join(10)
