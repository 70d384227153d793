"""The short way of a message: taken where nothing has moved, never wrong where something has."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import pytest_asyncio
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.conversations import Author, Inbound, Owner, Reply, TooManyMessages
from bot.hub.hub import run_hub
from bot.services.conversations.conversations import (
    MAX_MESSAGES_PER_WINDOW,
    PAGE_SIZE,
    accept,
    read_transcript,
)
from bot.services.conversations.known_talks import Wanted
from tests.fake_rasa import FakeRasa, Items
from tests.hub.conftest import Noted, Scene, a_scene

pytestmark = pytest.mark.postgres

BUTTONS = [{"title": "个体户", "payload": '/inform{"business_form": "个体"}'}]


@pytest_asyncio.fixture
async def scene(emptied_postgres: Engine, rasa: FakeRasa) -> AsyncIterator[Scene]:
    rasa.answer = offering
    async with a_scene(emptied_postgres, rasa, consent="elsewhere") as opened:
        yield opened


def offering(text: str) -> Items:
    return [{"text": f"听到：{text}", "buttons": BUTTONS}]


@asynccontextmanager
async def at_work(scene: Scene) -> AsyncIterator[Noted]:
    """Run a hub whose connections are open and whose conversation is known."""
    assert scene.short is not None
    async with run_hub(scene.hub):
        while (free := scene.hub.worker.reserve()) is None:  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0)
        assert free
        scene.hub.worker.begin(None)
        number = 0
        while not (scene.short.said and scene.short.said[-1]):
            number += 1
            assert number < 50, "no turn has ended the short way"
            await answered(scene, f"在吗{number}")
        scene.short.taken_in.clear()
        scene.short.said.clear()
        yield scene.short


async def answered(scene: Scene, text: str, *, payload: str | None = None) -> int:
    """Say something, or press a button, and wait until it is answered."""
    assert scene.short is not None
    scene.clock.pass_seconds(20)
    ended = len(scene.short.said)
    said = await (scene.say(text) if payload is None else scene.press(payload))
    while len(scene.short.said) == ended:  # noqa: ASYNC110 - nothing rings
        await asyncio.sleep(0.001)
    while scene.page().busy:  # noqa: ASYNC110 - nothing rings where it went another way
        await asyncio.sleep(0.001)
    return said


async def test_what_follows_an_answer_takes_the_short_way_and_so_does_its_answer(
    scene: Scene,
) -> None:
    async with at_work(scene) as short:
        for text in ("开饭店", "要什么证", "多少钱"):
            await answered(scene, text)
        assert short.taken_in == short.said == [True] * 3
    assert scene.lines[-4:] == [
        ("applicant", "要什么证"),
        ("bot", "听到：要什么证"),
        ("applicant", "多少钱"),
        ("bot", "听到：多少钱"),
    ]
    assert scene.rasa.texts[-3:] == ["开饭店", "要什么证", "多少钱"]
    assert not scene.page().busy


async def test_a_button_is_pressed_by_its_title_its_command_and_by_an_older_one(
    scene: Scene,
) -> None:
    async with at_work(scene) as short:
        await answered(scene, "个体户")
        assert scene.page().messages[-2].payload == BUTTONS[0]["payload"]
        await answered(scene, "", payload=BUTTONS[0]["payload"])
        assert scene.page().messages[-2].text == "个体户"
        scene.rasa.answer = lambda text: [{"text": text}]  # what was offered scrolls up
        await answered(scene, "再想想")
        short.taken_in.clear()
        scene.clock.pass_seconds(20)
        await scene.press(BUTTONS[0]["payload"], client_id="older")
        assert short.taken_in == []
    pressed = [one for one in scene.page().messages if one.author is Author.APPLICANT][-1]
    assert (pressed.text, pressed.payload) == ("个体户", BUTTONS[0]["payload"])


def by_another_hub(scene: Scene) -> None:
    inbound = Inbound("web", scene.conversation_id, "other", "别处说的")
    accept(scene.unit_of_work, inbound=inbound, now=scene.clock())


def by_an_agent(scene: Scene) -> None:
    with scene.unit_of_work() as unit:
        for seen, to, agent in ((Owner.BOT, Owner.WAITING, None), (Owner.WAITING, Owner.AGENT, 1)):
            unit.conversations.change_owner(
                scene.conversation_id, seen=seen, to=to, now=scene.clock(), agent_id=agent
            )


def by_news(scene: Scene) -> None:
    with scene.unit_of_work() as unit:
        news = Reply("您的预约改到周三", author=Author.SYSTEM)
        unit.conversations.add_message(scene.conversation_id, news, now=scene.clock())


def by_an_outage(scene: Scene) -> None:
    with scene.unit_of_work() as unit:
        unit.turns.set_outage_told(scene.conversation_id, scene.clock())


def by_silence(scene: Scene) -> None:
    with scene.unit_of_work() as unit:
        unit.conversations.set_unreachable(scene.conversation_id, scene.clock())


@pytest.mark.parametrize("move", [by_another_hub, by_an_agent, by_news, by_an_outage, by_silence])
async def test_where_something_has_moved_a_message_is_heard_as_any_other(
    scene: Scene, move: Callable[[Scene], None]
) -> None:
    async with at_work(scene) as short:
        scene.clock.pass_seconds(20)
        move(scene)
        scene.clock.pass_seconds(20)
        said = await scene.say("个体户开店")
        assert short.taken_in == [False]
        stored = [one for one in scene.page().messages if one.id == said]
        assert [one.text for one in stored] == ["个体户开店"]


async def test_what_is_sent_twice_is_stored_once(scene: Scene) -> None:
    async with at_work(scene) as short:
        first = await answered(scene, "开饭店")
        again = await scene.say("开饭店")
        assert (first, short.taken_in.count(True)) == (again, 1)


async def test_nobody_says_too_much_by_the_short_way(scene: Scene) -> None:
    async with at_work(scene) as short:
        scene.clock.pass_seconds(20)
        for number in range(MAX_MESSAGES_PER_WINDOW):
            ended = len(short.said)
            await scene.say(f"第{number}句")
            while len(short.said) == ended:  # noqa: ASYNC110 - nothing rings
                await asyncio.sleep(0.001)
        with pytest.raises(TooManyMessages):
            await scene.say("再一句")
        assert short.taken_in.count(True) > 1


async def test_what_one_person_says_at_once_stays_in_order(scene: Scene) -> None:
    async with at_work(scene) as short:
        for number in range(8):
            scene.clock.pass_seconds(20)
            texts = [f"{number}{sign}" for sign in "甲乙丙"]
            await asyncio.gather(*(scene.say(text) for text in texts))
            while scene.page().busy or scene.rasa.running:  # noqa: ASYNC110 - nothing rings
                await asyncio.sleep(0.01)
            own = [text for author, text in scene.lines if author == "applicant"]
            assert own[-3:] == texts
            assert scene.rasa.texts[-3:] == texts
            await answered(scene, f"{number}好")
        assert any(short.taken_in)
    assert scene.rasa.overlaps == 0


async def test_a_message_whose_sender_has_gone_is_answered(scene: Scene) -> None:
    async with at_work(scene):
        scene.clock.pass_seconds(20)
        saying = asyncio.create_task(scene.say("还在吗"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        saying.cancel()
        with suppress(asyncio.CancelledError):
            await saying
        while scene.lines[-1] != ("bot", "听到：还在吗"):  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0.01)
        assert await answered(scene, "那好")
    assert not scene.page().busy


async def test_when_the_connections_end_nothing_is_lost(
    scene: Scene, emptied_postgres: Engine
) -> None:
    async with at_work(scene) as short:
        end_all_others(emptied_postgres)
        with suppress(DBAPIError):  # who is not told that it was taken in sends it again
            await scene.say("断了吗")
        await answered(scene, "断了吗")
        assert True not in short.taken_in
        while True not in short.taken_in:
            await answered(scene, f"说{len(scene.lines)}")
    assert [author for author, _text in scene.lines] == ["applicant", "bot"] * (
        len(scene.lines) // 2
    )


def end_all_others(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )


async def test_a_page_of_one_journey_is_that_of_many(scene: Scene) -> None:
    async with at_work(scene) as short:
        name = scene.conversation_id
        last = await answered(scene, "开饭店")
        scene.rasa.delay_s = 1
        await scene.say("还要一句")
        for after in (0, last - 1, last, last + 1, last + 99):
            page = await short.inner.read(Wanted(name, after, PAGE_SIZE))
            assert page == read_transcript(scene.unit_of_work, conversation_id=name, after=after)
        two = await short.inner.read(Wanted(name, 0, 2))
        assert two == read_transcript(scene.unit_of_work, conversation_id=name, limit=2)
        assert await short.inner.read(Wanted(name, 0, 9, token_hash="0" * 64)) is None
        assert await short.inner.read(Wanted("0" * 32, 0, 9)) is None
        by_an_agent(scene)
        assert await short.inner.read(Wanted(name, 0, 9)) is None


async def test_who_waits_is_handed_the_message_and_then_the_answer(scene: Scene) -> None:
    async with at_work(scene):
        scene.rasa.delay_s = 0.05
        last = scene.last.id
        transcripts, name = scene.hub.transcripts, scene.conversation_id
        waiting = asyncio.create_task(transcripts.wait(name, after=last, wait_s=30))
        await asyncio.sleep(0.05)
        scene.clock.pass_seconds(20)
        said = await scene.say("有人吗")
        own = await waiting
        assert [(one.id, one.text) for one in own.messages] == [(said, "有人吗")]
        assert own.busy
        page = await transcripts.wait(name, after=said, wait_s=30)
        while not page.messages:
            page = await transcripts.wait(name, after=said, wait_s=30)
        assert [one.text for one in page.messages] == ["听到：有人吗"]
        assert not page.busy
