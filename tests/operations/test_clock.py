"""The clock as a process of its own; two at once do everything once."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot import clock, logs
from bot.asgi import has_clock
from bot.bootstrap import App
from bot.clock import run_clock
from bot.domain.cases import CaseState
from bot.services.cases.desk import advance_case
from bot.services.conversations.conversations import open_web_conversation
from bot.settings import BadSetting, Settings
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.casework_factories import NOW, calendar, case
from tests.services.test_case_news import follow
from tests.web_app import open_app

PATIENCE_S = 60.0
FOLLOWERS = 12


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> Iterator[App]:
    """The application on a database of each kind, in the morning of a working day."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/unused.db", state_dir=tmp_path, clock="elsewhere"
    )
    with open_app(settings) as opened:
        yield replace(
            opened,
            engine=engine,
            unit_of_work=unit_of_work_factory(engine),
            reading=reading_factory(engine),
            now=lambda: NOW,
            calendar=calendar(),
        )


@asynccontextmanager
async def going(*clocks: "asyncio.Task[None]") -> AsyncIterator[None]:
    yield
    for task in clocks:
        task.cancel()
    await asyncio.gather(*clocks, return_exceptions=True)


def followed_and_moved(app: App) -> list[str]:
    """Open cases, each with a follower, and move them all; returns the conversations."""
    talks = []
    for at in range(FOLLOWERS):
        talk = open_web_conversation(app.unit_of_work, now=NOW).conversation_id
        made = case(app.unit_of_work, origin=f"case:{at}")  # type: ignore[arg-type]
        follow(app.unit_of_work, made.number, talk)  # type: ignore[arg-type]
        advance_case(
            app.unit_of_work,
            number=made.number,
            to=CaseState.RECTIFICATION,
            actor="approval",
            now=NOW,
            reason="缺一份证明",
            missing=["健康证明"],
        )
        talks.append(talk)
    return talks


def lines_of(app: App, talks: list[str]) -> list[int]:
    with app.reading() as unit:
        return [len(unit.conversations.messages(talk)) for talk in talks]


async def until_told(app: App, talks: list[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not all(await asyncio.to_thread(lines_of, app, talks)):
        assert time.monotonic() < deadline, "not all were told"
        await asyncio.sleep(0.02)


async def test_two_clocks_at_once_tell_everything_once(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(json=True)
    talks = await asyncio.to_thread(followed_and_moved, app)
    beats = [tmp_path / "one.beat", tmp_path / "other.beat"]

    clocks = [asyncio.create_task(run_clock(app, beat)) for beat in beats]
    async with going(*clocks):
        await until_told(app, talks)
        assert all(beat.exists() for beat in beats), "both have told that they go"

    assert lines_of(app, talks) == [1] * FOLLOWERS
    assert "缺一份证明" not in capsys.readouterr().err, "people's words are in a log"


async def test_a_clock_that_lost_a_watcher_ends(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(clock, "start_clock", lambda *_: [asyncio.create_task(broken())])
    settings = Settings(database_url=str(sqlite_engine.url), state_dir=tmp_path)
    with open_app(settings) as opened, pytest.raises(RuntimeError, match="a fault"):
        await asyncio.wait_for(run_clock(opened, tmp_path / "beat"), PATIENCE_S)


def test_a_hub_leaves_the_clock_to_others_when_told_to() -> None:
    assert has_clock(Settings())
    assert not has_clock(Settings(clock="elsewhere"))
    with pytest.raises(BadSetting, match="XIAOER_CLOCK"):
        has_clock(Settings(clock="yes"))
