"""A hub on an empty database, beside a Rasa that obeys."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy.engine import Engine

from bot.channels.registry import DECLARATIONS
from bot.domain.channels import abilities_by_name
from bot.domain.conversations import (
    Hold,
    Inbound,
    Message,
    Owner,
    Said,
    TranscriptPage,
    Turn,
    TurnOutcome,
)
from bot.hub.hub import Hub, build_hub
from bot.services.conversations.conversations import open_web_conversation, read_transcript
from bot.services.conversations.known_talks import AtOnce, Condition, TakenIn, Wanted
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT, Settings
from bot.store.engine import open_engine
from bot.store.hub_texts import load_hub_texts
from bot.store.journeys import Journeys
from bot.store.one_journey import JourneyConnection
from bot.store.unit_of_work import reading_factory, unit_of_work_factory
from tests.clocks import StillClock
from tests.fake_rasa import TOKEN, FakeRasa, fake_rasa
from tests.keys import TEST_KEYS


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with fake_rasa() as fake:
        yield fake


@dataclass
class Noted:
    """Makes the journeys of a hub, and notes which of them were enough."""

    inner: AtOnce
    taken_in: list[bool] = field(default_factory=list)
    said: list[bool] = field(default_factory=list)

    async def take_in(
        self, inbound: Inbound, hold: Hold, condition: Condition, *, now: datetime
    ) -> TakenIn | None:
        taken = await self.inner.take_in(inbound, hold, condition, now=now)
        self.taken_in.append(taken is not None)
        return taken

    async def say(self, turn: Turn, outcome: TurnOutcome, *, now: datetime) -> Said | None:
        said = await self.inner.say(turn, outcome, now=now)
        self.said.append(said is not None)
        return said

    async def read(self, wanted: Wanted) -> TranscriptPage | None:
        return await self.inner.read(wanted)

    async def close(self) -> None:
        await self.inner.close()


@dataclass
class Scene:
    """One applicant, 李雷, before the hub."""

    hub: Hub
    rasa: FakeRasa
    clock: StillClock
    unit_of_work: OpenUnitOfWork
    conversation_id: str
    short: "Noted | None" = None

    def open(self) -> str:
        return open_web_conversation(self.unit_of_work, now=self.clock()).conversation_id

    async def say(self, text: str, *, client_id: str = "", conversation_id: str = "") -> int:
        return await self._receive(text, None, client_id or text, conversation_id)

    async def press(self, payload: str, *, client_id: str = "") -> int:
        return await self._receive("", payload, client_id or payload, "")

    async def _receive(
        self, text: str, payload: str | None, client_id: str, conversation_id: str
    ) -> int:
        inbound = Inbound(
            channel="web",
            conversation_id=conversation_id or self.conversation_id,
            external_id=client_id,
            text=text,
            payload=payload,
        )
        return (await self.hub.inbox.receive(inbound)).message_id

    async def serve_all(self) -> None:
        while await self.hub.worker.serve_one():
            pass

    def page(self, conversation_id: str = "") -> TranscriptPage:
        name = conversation_id or self.conversation_id
        return read_transcript(self.unit_of_work, conversation_id=name)

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(line.author.value, line.text) for line in self.page().messages]

    @property
    def last(self) -> Message:
        return self.page().messages[-1]

    @property
    def owner(self) -> Owner:
        return self.page().owner


@asynccontextmanager
async def a_scene(engine: Engine, rasa: FakeRasa, consent: str = "ask") -> AsyncIterator[Scene]:
    """Open a hub on a database."""
    clock = StillClock()
    unit_of_work = unit_of_work_factory(engine)
    own = _own_connections(engine)
    short = None if own is None else Noted(Journeys(own))
    hub = build_hub(
        Settings(
            rasa_url=rasa.url,
            rasa_token=TOKEN,
            actions_url=rasa.actions_url,
            turn_timeout_s=5,
            consent=consent,
            testing=True,
        ),
        reading=reading_factory(engine),
        unit_of_work=unit_of_work,
        now=clock,
        texts=load_hub_texts(ROOT / "data"),
        channels=abilities_by_name(DECLARATIONS),
        messages=None if own is None else unit_of_work_factory(own),
        at_once=short,
    )
    scene = Scene(hub, rasa, clock, unit_of_work, "", short)
    scene.conversation_id = scene.open()
    yield scene
    await hub.rasa.close()
    if short is not None:
        await short.close()
    if own is not None:
        own.dispose()


def _own_connections(engine: Engine) -> Engine | None:
    """Return those of messages and answers, as the product has them; none on SQLite."""
    if engine.dialect.name == "sqlite":
        return None
    url = engine.url.render_as_string(hide_password=False)
    return open_engine(url, TEST_KEYS, kept=12, more=0, made_by=JourneyConnection)


@pytest_asyncio.fixture
async def scene(sqlite_engine: Engine, rasa: FakeRasa) -> AsyncIterator[Scene]:
    async with a_scene(sqlite_engine, rasa) as opened:
        yield opened
