"""A message is begun in the commit that stores it, and only when it is its turn."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.domain.conversations import Accepted, Inbound, Speaker, Turn, TurnOutcome
from bot.domain.payloads import BadPayload
from bot.hub.hub import run_hub
from bot.services.conversations.conversations import (
    accept,
    accept_in,
    hash_token,
    hear,
    hear_or_open,
    open_web_conversation,
    read_transcript,
)
from bot.services.conversations.turns import (
    Beginning,
    claim_turn,
    complete_turn,
    free_turns,
    record_failure,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.store.unit_of_work import unit_of_work_factory
from tests.hub.conftest import Scene
from tests.services.test_conversations import NOW, SORRY

ONCE = Beginning()


@pytest.fixture
def unit_of_work(engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(engine)


@pytest.fixture
def name(unit_of_work: OpenUnitOfWork) -> str:
    return open_web_conversation(unit_of_work, now=NOW).conversation_id


def say(
    unit_of_work: OpenUnitOfWork, name: str, text: str, beginning: Beginning | None = ONCE
) -> Accepted:
    return accept(
        unit_of_work, inbound=Inbound("web", name, text, text), now=NOW, beginning=beginning
    )


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - nothing rings for what is looked at here
        await asyncio.sleep(0)


async def working(scene: Scene) -> None:
    """Wait until the worker of a hub that has just started takes turns."""
    await until(lambda: scene.hub.worker.reserve() is not None)
    scene.hub.worker.begin(None)


def begun(accepted: Accepted) -> Turn:
    assert accepted.turn is not None
    return accepted.turn


def test_what_is_begun_at_once_is_what_a_claim_would_have_given(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    first = begun(say(unit_of_work, name, "在吗"))
    assert claim_turn(unit_of_work, now=NOW) is None

    later = claim_turn(unit_of_work, now=NOW + ONCE.lease_length)
    assert later is not None
    assert later.attempts == 1  # the next one asks Rasa what it has said already
    assert replace(later, attempts=0, lease=first.lease) == first


def test_a_message_behind_another_one_is_not_begun(unit_of_work: OpenUnitOfWork, name: str) -> None:
    say(unit_of_work, name, "一", beginning=None)

    assert say(unit_of_work, name, "二").turn is None
    claimed = claim_turn(unit_of_work, now=NOW)
    assert claimed is not None
    assert claimed.message.text == "一"


def test_a_message_while_another_one_is_served_is_not_begun(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    begun(say(unit_of_work, name, "一"))

    assert say(unit_of_work, name, "二").turn is None


def test_the_same_message_again_is_not_begun_again(unit_of_work: OpenUnitOfWork, name: str) -> None:
    turn = begun(say(unit_of_work, name, "在吗"))
    record_failure(unit_of_work, turn=turn, error="rasa", told=SORRY, now=NOW)

    assert say(unit_of_work, name, "在吗").turn is None


def test_during_an_outage_that_was_told_messages_wait_for_a_look(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    turn = begun(say(unit_of_work, name, "一"))
    record_failure(unit_of_work, turn=turn, error="rasa", told=SORRY, now=NOW)

    assert say(unit_of_work, name, "二").turn is None


def test_of_two_messages_stored_at_the_same_time_the_later_one_is_not_begun_first(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    """The second waits for the first one's commit and then must see its message."""
    may_commit = threading.Event()

    @contextmanager
    def held() -> Iterator[UnitOfWork]:
        with unit_of_work() as unit:
            yield unit
            has_written.set()
            may_commit.wait(60)

    has_written, found = threading.Event(), []
    first = threading.Thread(target=lambda: say(held, name, "一", beginning=None))
    second = threading.Thread(target=lambda: found.append(say(unit_of_work, name, "二")))
    first.start()
    has_written.wait(60)
    second.start()
    second.join(0.2)  # by now it waits for the lock; were it later still, it would see even more
    may_commit.set()
    first.join(60)
    second.join(60)

    assert found[0].turn is None


def test_an_answer_given_by_a_turn_begun_at_once_ends_it(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    turn = begun(say(unit_of_work, name, "在吗"))

    assert complete_turn(unit_of_work, turn=turn, outcome=TurnOutcome((SORRY,)), now=NOW)
    page = read_transcript(unit_of_work, conversation_id=name)
    assert [line.text for line in page.messages] == ["在吗", SORRY.text]
    assert not page.busy
    assert say(unit_of_work, name, "还有").turn is not None


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Yield what is sent to the database within the block, but for the ends of transactions."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def is_work(statement: str) -> bool:
    return not statement.startswith(("BEGIN", "PRAGMA"))


def test_a_message_costs_two_statements_and_its_answer_two(
    engine: Engine, unit_of_work: OpenUnitOfWork
) -> None:
    """SQLite takes no statement that writes within another one: three, and four."""
    opened = open_web_conversation(unit_of_work, now=NOW)
    with statements(engine) as for_message, unit_of_work() as unit:
        speaker = Speaker(token_hash=hash_token(opened.token))
        heard = hear(unit, speaker, now=NOW, beginning=ONCE)
        inbound = Inbound("web", heard.conversation.id, "1", "在吗")
        accepted = accept_in(unit, heard, inbound, now=NOW, titles={}, beginning=ONCE)
    with statements(engine) as for_answer:
        outcome = TurnOutcome(replies=(SORRY,))
        assert complete_turn(unit_of_work, turn=begun(accepted), outcome=outcome, now=NOW)

    expected = (2, 2) if engine.dialect.name == "postgresql" else (3, 4)
    assert len(list(filter(is_work, for_message))) == expected[0], for_message
    assert len(list(filter(is_work, for_answer))) == expected[1], for_answer


def test_the_first_message_of_somebody_asks_nothing_of_a_conversation_that_it_opens(
    engine: Engine, unit_of_work: OpenUnitOfWork
) -> None:
    with statements(engine) as sent, unit_of_work() as unit:
        speaker = Speaker(person=("telegram", f"first-{engine.dialect.name}"))
        heard = hear_or_open(unit, speaker, now=NOW)
        inbound = Inbound("telegram", heard.conversation.id, "1", "在吗")
        accepted = accept_in(unit, heard, inbound, now=NOW, titles={})

    assert accepted.is_new
    assert len(list(filter(is_work, sent))) == 3, sent


async def test_a_hub_that_works_begins_with_what_it_takes_in(scene: Scene) -> None:
    async with run_hub(scene.hub):
        await working(scene)
        told = [await scene.say(f"第{number}句") for number in range(3)]
        page = await scene.hub.transcripts.wait(scene.conversation_id, after=told[-1], wait_s=10)
        while page.busy or not page.messages:
            page = await scene.hub.transcripts.wait(scene.conversation_id, after=0, wait_s=0.1)

    assert scene.rasa.texts == ["第0句", "第1句", "第2句"]
    assert scene.hub.worker.is_full is False


async def test_who_hangs_up_while_his_message_is_stored_is_answered_all_the_same(
    scene: Scene,
) -> None:
    async with run_hub(scene.hub):
        await working(scene)
        gone = asyncio.ensure_future(scene.say("在吗"))
        await until(lambda: bool(scene.hub.inbox._commits._waiting) or gone.done())
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        page = scene.page()
        while len(page.messages) < 2:
            page = await scene.hub.transcripts.wait(scene.conversation_id, after=0, wait_s=0.1)

    assert scene.rasa.texts == ["在吗"]


async def test_refusals_give_their_hands_back(scene: Scene) -> None:
    async with run_hub(scene.hub):
        await working(scene)
        for number in range(20):
            with pytest.raises(BadPayload):
                await scene.press(f"/no_such_command_{number}")

    assert scene.hub.worker.is_full is False


def test_a_hub_takes_back_what_the_one_before_it_in_the_same_run_had_begun(
    unit_of_work: OpenUnitOfWork, name: str
) -> None:
    """After `kill -9` nobody waits for the end of a claim; other runs keep theirs."""
    of_run = Beginning(run_id="run_1")
    assert say(unit_of_work, name, "一", of_run).turn is not None
    assert claim_turn(unit_of_work, now=NOW, run_id="run_1") is None

    assert free_turns(unit_of_work, run_id="run_2") == 0
    assert claim_turn(unit_of_work, now=NOW, run_id="run_2") is None

    assert free_turns(unit_of_work, run_id="run_1") == 1
    turn = claim_turn(unit_of_work, now=NOW, run_id="run_1")
    assert turn is not None
    assert turn.message.text == "一"
