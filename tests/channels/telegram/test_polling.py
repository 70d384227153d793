"""Fetching updates: one process at a time, nothing lost, nothing twice."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy.engine import Engine
from telegram import Update
from telegram.error import Conflict

from bot.channels.telegram.client import close_bot, open_bot
from bot.channels.telegram.poller import LeaseLost, Poller
from bot.services.ports import OpenUnitOfWork
from bot.settings import Settings
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock
from tests.telegram_api import TOKEN, FakeBotApi, fake_bot_api
from tests.telegram_person import Person


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with fake_bot_api() as fake:
        yield fake


@dataclass
class Notebook:
    """Takes updates in, or breaks as a database does that is away."""

    seen: list[int] = field(default_factory=list)
    breaks_at: int | None = None

    async def take(self, update: Update) -> None:
        if update.update_id == self.breaks_at:
            self.breaks_at = None
            raise ConnectionError
        self.seen.append(update.update_id)


@dataclass
class Scene:
    """Two hubs on one database."""

    api: FakeBotApi
    unit_of_work: OpenUnitOfWork
    clock: StillClock
    notes: Notebook
    one: Poller
    other: Poller


@pytest_asyncio.fixture
async def scene(sqlite_engine: Engine, api: FakeBotApi) -> AsyncIterator[Scene]:
    unit_of_work = unit_of_work_factory(sqlite_engine)
    clock, notes = StillClock(), Notebook()
    bots = [open_bot(Settings(telegram_token=TOKEN, telegram_api_url=api.url)) for _ in range(2)]
    pollers = [
        Poller(bot, notes, unit_of_work, clock, poll_s=0)  # type: ignore[arg-type]
        for bot in bots
    ]
    yield Scene(api, unit_of_work, clock, notes, *pollers)
    for bot in bots:
        await close_bot(bot)


def say(scene: Scene, *texts: str) -> list[int]:
    person = Person(scene.api, scene.api.queue)
    return [person.say(text)["update_id"] for text in texts]


async def test_updates_are_confirmed_once_they_are_stored(scene: Scene) -> None:
    ids = say(scene, "一", "二")
    await scene.one.fetch_once()
    assert scene.notes.seen == ids
    assert scene.api.confirmed == 0, "not yet: the next fetch says so"
    await scene.one.fetch_once()

    assert scene.api.confirmed == ids[-1] + 1
    assert scene.notes.seen == ids


async def test_an_update_that_could_not_be_stored_comes_again_with_those_behind(
    scene: Scene,
) -> None:
    ids = say(scene, "一", "二", "三")
    scene.notes.breaks_at = ids[1]
    with pytest.raises(ConnectionError):
        await scene.one.fetch_once()
    await scene.one.fetch_once()

    assert scene.notes.seen == ids


async def test_only_one_process_fetches_and_another_follows_after_its_death(scene: Scene) -> None:
    first = say(scene, "一")
    assert await scene.one.fetch_once()
    assert not await scene.other.fetch_once()
    scene.clock.time += timedelta(seconds=scene.one.poll_s + scene.one.grace_s)
    second = say(scene, "二")
    assert await scene.other.fetch_once()

    assert scene.notes.seen == first + second, "it goes on where the first one stopped"
    assert not await scene.one.fetch_once()


async def test_whoever_lost_the_lease_stops_in_the_middle(scene: Scene) -> None:
    say(scene, "一", "二")
    taken = scene.notes.take

    async def take_and_sleep(update: Update) -> None:
        await taken(update)
        scene.clock.time += timedelta(minutes=5)
        assert scene.other._claim() is not None

    scene.notes.take = take_and_sleep  # type: ignore[method-assign]
    with pytest.raises(LeaseLost):
        await scene.one.fetch_once()


async def test_a_webhook_of_before_is_removed_first_and_keeps_its_updates(scene: Scene) -> None:
    scene.api.webhook = {"url": "https://old.example"}
    ids = say(scene, "一")
    await scene.one.fetch_once()

    assert scene.notes.seen == ids
    assert scene.api.of("deleteWebhook")[0].values.get("drop_pending_updates") is not True


async def test_somebody_else_with_the_same_token_is_an_error_that_is_told(scene: Scene) -> None:
    await scene.one.fetch_once()
    scene.api.webhook = {"url": "https://elsewhere.example"}
    with pytest.raises(Conflict):
        await scene.one.fetch_once()
    await scene.one._fetch_safely()
    await scene.one.fetch_once()

    assert scene.api.webhook is None, "the settings of this machine win"
