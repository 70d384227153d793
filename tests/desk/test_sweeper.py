import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import structlog
from sqlalchemy.engine import Engine

from bot.bootstrap import App
from bot.desk import sweeper
from bot.desk.sweeper import index_slowly, run_sweeper
from bot.domain.conversations import Inbound, Owner
from bot.domain.people import HEARTBEAT_TIMEOUT
from bot.hub.wakeups import DESK, LocalWakeups, Wakeups, conversation_topic
from bot.services.conversations.conversations import accept, open_web_conversation
from bot.services.desk import handover
from bot.services.desk.search import find_conversations
from tests.desk_cast import Cast, FakeClock, texts
from tests.desk_server import build_app


@asynccontextmanager
async def sweeping(app: App, wakeups: Wakeups) -> AsyncIterator[None]:
    task = asyncio.create_task(run_sweeper(app, wakeups, every_s=0.01))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def app(sqlite_engine: Engine, clock: FakeClock) -> App:
    return build_app(sqlite_engine, clock)


def _claimed(app: App, clock: FakeClock) -> str:
    cast = Cast(app.unit_of_work)
    agent, conversation_id = cast.agent(), cast.waiting()
    handover.claim(
        app.unit_of_work,
        conversation_id=conversation_id,
        agent_id=agent.id,
        now=clock(),
        texts=texts(),
    )
    return conversation_id


@pytest.mark.parametrize("listener", ["desk", "applicant"])
async def test_a_silent_desk_is_noticed_and_everyone_is_woken(
    app: App, clock: FakeClock, listener: str
) -> None:
    conversation_id, wakeups = _claimed(app, clock), LocalWakeups()
    clock.forward(seconds=HEARTBEAT_TIMEOUT.total_seconds() + 1)

    topic = DESK if listener == "desk" else conversation_topic(conversation_id)
    with wakeups.listen(topic) as bell:
        async with sweeping(app, wakeups):
            assert await bell.wait(5)

    with app.unit_of_work() as unit:
        assert unit.conversations.get(conversation_id).owner is Owner.WAITING


async def test_the_sweeper_outlives_a_database_that_is_away(
    app: App, clock: FakeClock, sqlite_engine: Engine
) -> None:
    conversation_id, wakeups = _claimed(app, clock), LocalWakeups()
    clock.forward(seconds=HEARTBEAT_TIMEOUT.total_seconds() + 1)
    failed = asyncio.Event()

    def note(_: object, __: str, line: dict[str, object]) -> str:
        if line["event"] == "sweep_failed":
            failed.set()
        raise structlog.DropEvent

    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE handovers RENAME TO handovers_away")
    structlog.configure(processors=[note])
    try:
        with wakeups.listen(DESK) as bell:
            async with sweeping(app, wakeups):
                await asyncio.wait_for(failed.wait(), 5)
                with sqlite_engine.begin() as connection:
                    connection.exec_driver_sql("ALTER TABLE handovers_away RENAME TO handovers")
                assert await bell.wait(5)
    finally:
        structlog.reset_defaults()

    with app.unit_of_work() as unit:
        assert unit.conversations.get(conversation_id).owner is Owner.WAITING


async def test_more_messages_than_go_into_the_index_at_once_are_all_found_after_one_sweep(
    app: App, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeper, "INDEX_BATCH", 3)
    talks = []
    for number in range(7):
        opened = open_web_conversation(app.unit_of_work, now=clock())
        talks.append(opened.conversation_id)
        inbound = Inbound("web", talks[-1], str(number), f"第{number}家 火锅店")
        accept(app.unit_of_work, inbound=inbound, now=clock())

    await index_slowly(app)

    assert set(find_conversations(app.unit_of_work, "火锅店") or []) == set(talks)
