"""A part of the service out of use: people instead of the bot, or an honest sentence."""

import dataclasses

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.domain.conversations import Owner
from bot.domain.switches import BadSwitchReason, SwitchUnchanged, UnknownSwitch
from bot.services.desk.handovers import claim_conversation, hand_back
from bot.services.operating.switches import switch_names, switches_off, turn_switch
from bot.services.ports import OpenUnitOfWork
from bot.store.tables.switches import SWITCH_CHANGES
from bot.store.unit_of_work import unit_of_work_factory
from tests.clocks import StillClock
from tests.fake_rasa import FakeRasa
from tests.hub.conftest import Scene, a_scene

KNOWN = switch_names(["web", "telegram"])


def turn(
    unit_of_work: OpenUnitOfWork, name: str, *, is_on: bool = False, reason: str = "正在核对材料"
) -> None:
    turn_switch(
        unit_of_work,
        name=name,
        is_on=is_on,
        reason=reason,
        by="operator",
        agent_id=None,
        now=StillClock()(),
        known=KNOWN,
    )


async def test_with_the_bot_off_whoever_writes_is_handed_over_and_told_why(scene: Scene) -> None:
    turn(scene.unit_of_work, "bot", reason="系统升级。")
    await scene.say("办证要什么材料")
    await scene.serve_all()
    assert scene.owner is Owner.WAITING
    assert "自动答复现在停用：系统升级。" in scene.last.text
    assert scene.rasa.posted == []
    with scene.unit_of_work() as unit:
        assert unit.conversations.get(scene.conversation_id).handoff_reason == "bot_off"


async def test_the_next_message_after_switching_on_goes_to_the_bot(scene: Scene) -> None:
    turn(scene.unit_of_work, "bot")
    turn(scene.unit_of_work, "bot", is_on=True)
    await scene.say("你好")
    await scene.serve_all()
    assert scene.last.text == "听到：你好"


async def test_a_switch_holds_for_a_second_hub_with_its_next_message(
    sqlite_engine: Engine, rasa: FakeRasa
) -> None:
    async with a_scene(sqlite_engine, rasa) as first, a_scene(sqlite_engine, rasa) as second:
        await second.say("你好")
        await second.serve_all()
        turn(first.unit_of_work, "bot")
        await second.say("再问一句")
        await second.serve_all()
        assert second.owner is Owner.WAITING


async def test_danger_is_answered_first_though_the_bot_is_off(scene: Scene) -> None:
    turn(scene.unit_of_work, "bot")
    await scene.say("店里着火了")
    await scene.serve_all()
    texts = [text for _, text in scene.lines]
    assert "119" in texts[-2]
    assert "停用" in texts[-1]


async def test_who_leaves_the_queue_is_not_promised_the_bot(scene: Scene) -> None:
    turn(scene.unit_of_work, "bot")
    await scene.say("在吗")
    await scene.serve_all()
    await scene.press("/stop_waiting")
    await scene.serve_all()
    assert scene.owner is Owner.BOT
    assert "自动答复还停着" in scene.last.text


async def test_a_conversation_that_a_person_gives_back_does_not_queue_again_by_itself(
    scene: Scene,
) -> None:
    turn(scene.unit_of_work, "bot")
    await scene.say("在吗")
    await scene.serve_all()
    claim_conversation(
        scene.unit_of_work, conversation_id=scene.conversation_id, agent_id=7, now=scene.clock()
    )
    hand_back(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=7,
        fields={},
        now=scene.clock(),
    )
    await scene.serve_all()
    assert scene.owner is Owner.BOT
    assert "人工接待结束" in scene.last.text


async def test_a_channel_that_is_off_keeps_what_comes_in_and_says_so(scene: Scene) -> None:
    turn(scene.unit_of_work, "channel:telegram")
    await scene.say("你好")
    await scene.serve_all()
    assert scene.last.text == "听到：你好", "another channel is not concerned"
    turn(scene.unit_of_work, "channel:web")
    await scene.say("还在吗")
    await scene.serve_all()
    assert scene.owner is Owner.BOT
    assert "这个渠道现在暂停服务" in scene.last.text
    assert ("applicant", "还在吗") in scene.lines


def test_switching_off_needs_a_reason_a_known_name_and_a_change(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    with pytest.raises(BadSwitchReason):
        turn(unit_of_work, "bot", reason="  ")
    with pytest.raises(BadSwitchReason):
        turn(unit_of_work, "bot", reason="长" * 121)
    with pytest.raises(UnknownSwitch):
        turn(unit_of_work, "everything")
    with pytest.raises(SwitchUnchanged):
        turn(unit_of_work, "bot", is_on=True)
    turn(unit_of_work, "bot")
    with pytest.raises(SwitchUnchanged):
        turn(unit_of_work, "bot")
    assert set(switches_off(unit_of_work)) == {"bot"}


def test_the_history_of_switches_is_kept_and_audited(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    turn(unit_of_work, "bot")
    turn(unit_of_work, "bot", is_on=True)
    with unit_of_work() as unit:
        history = unit.switches.history(9)
        assert [dataclasses.astuple(one)[:3] for one in history] == [
            ("bot", True, ""),
            ("bot", False, "正在核对材料"),
        ]
        assert unit.figures.read(now=history[0].at, today=history[0].at.date()).switched_off == {}
    with engine.begin() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(SWITCH_CHANGES.delete())
