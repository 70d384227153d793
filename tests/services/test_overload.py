"""Over capacity nobody waits in silence: who waits is told the place in line, once."""

import asyncio
import uuid
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from bot.domain.conversations import Inbound, Owner, TurnOutcome
from bot.hub.crowd_watch import run_crowd_watch
from bot.hub.wakeups import LocalWakeups, conversation_topic
from bot.services.conversations import turns
from bot.services.conversations.conversations import accept, open_web_conversation
from bot.services.conversations.overload import SLOW_AFTER, TOLD_AT_ONCE, tell_of_the_crowd
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT
from bot.store.hub_texts import load_hub_texts
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import NOW

LINE = load_hub_texts(ROOT / "data").lines["crowded"]
SLOW = NOW + SLOW_AFTER


def said(unit: OpenUnitOfWork, text: str, at: datetime = NOW) -> str:
    """Let somebody new say something; returns the conversation."""
    talk = open_web_conversation(unit, now=at).conversation_id
    accept(unit, inbound=Inbound("web", talk, uuid.uuid4().hex, text), now=at)
    return talk


def lines(unit: OpenUnitOfWork, talk: str) -> list[str]:
    with unit() as opened:
        messages = opened.conversations.messages(talk)
    return [one.text for one in messages if one.author is LINE.author]


def test_who_waits_for_a_worker_is_told_the_place_in_line_once(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    talks = [said(unit, f"第{at}位") for at in range(3)]

    assert tell_of_the_crowd(unit, now=SLOW, line=LINE) == talks
    assert tell_of_the_crowd(unit, now=SLOW, line=LINE) == [], "another clock comes too late"

    for at, talk in enumerate(talks, start=1):
        (line,) = lines(unit, talk)
        assert f"排在第 {at} 位" in line


def test_who_waits_a_moment_is_left_alone(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    said(unit, "你好")

    assert tell_of_the_crowd(unit, now=SLOW - timedelta(seconds=1), line=LINE) == []


def test_who_is_being_answered_is_left_alone_and_the_next_wait_is_told_again(
    engine: Engine,
) -> None:
    unit = unit_of_work_factory(engine)
    talk = said(unit, "你好")
    assert tell_of_the_crowd(unit, now=SLOW, line=LINE) == [talk]
    turn = turns.claim_turn(unit, now=SLOW)
    assert turn is not None
    assert tell_of_the_crowd(unit, now=SLOW + timedelta(seconds=1), line=LINE) == []
    turns.complete_turn(unit, turn=turn, outcome=TurnOutcome(owner=Owner.BOT), now=SLOW)

    accept(unit, inbound=Inbound("web", talk, "later", "在吗"), now=SLOW)

    assert tell_of_the_crowd(unit, now=SLOW + SLOW_AFTER, line=LINE) == [talk]
    assert len(lines(unit, talk)) == 2


def test_who_waits_for_a_person_has_a_queue_of_its_own(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    talk = said(unit, "转人工")
    turn = turns.claim_turn(unit, now=NOW)
    assert turn is not None
    outcome = TurnOutcome(owner=Owner.WAITING, handoff_reason="asked")
    turns.complete_turn(unit, turn=turn, outcome=outcome, now=NOW)
    accept(unit, inbound=Inbound("web", talk, "more", "还在吗"), now=NOW)

    assert tell_of_the_crowd(unit, now=SLOW, line=LINE) == []


async def test_the_page_of_who_waits_is_woken(sqlite_engine: Engine) -> None:
    unit, wakeups = unit_of_work_factory(sqlite_engine), LocalWakeups()
    talk = said(unit, "你好")
    with wakeups.listen(conversation_topic(talk)) as bell:
        watching = asyncio.create_task(run_crowd_watch(unit, wakeups, line=LINE, now=lambda: SLOW))
        assert await bell.wait(60)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def test_a_long_line_is_told_in_small_rounds_that_follow_each_other(
    sqlite_engine: Engine,
) -> None:
    """All at once would hold up those who write meanwhile; one round every two seconds, them."""
    unit, wakeups = unit_of_work_factory(sqlite_engine), LocalWakeups()
    talks = [said(unit, f"第{at}位") for at in range(2 * TOLD_AT_ONCE + 1)]
    assert len(tell_of_the_crowd(unit, now=SLOW, line=LINE)) == TOLD_AT_ONCE

    with wakeups.listen(conversation_topic(talks[-1])) as bell:
        # far apart, but for what follows a full round
        watch = run_crowd_watch(unit, wakeups, line=LINE, now=lambda: SLOW, every_s=3600)
        watching = asyncio.create_task(watch)
        is_rung = await bell.wait(30)
        watching.cancel()

    assert is_rung
    assert all(len(lines(unit, talk)) == 1 for talk in talks)
