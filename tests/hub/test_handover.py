"""From bot to person and back again."""

import pytest

from bot.domain.conversations import Owner, OwnerChanged, Reply
from bot.services.desk.handovers import (
    claim_conversation,
    give_up_conversation,
    hand_back,
    list_held,
    list_queue,
    say_as_agent,
    store_fields,
)
from tests.hub.conftest import Scene

HAN_MEIMEI, WANG_WU = 7, 8
TRANSFER = [
    {"text": "这就给您转人工。"},
    {"custom": {"type": "handoff", "reason": "not_understood"}},
]


async def hand_over(scene: Scene) -> None:
    scene.rasa.answer = lambda _text: TRANSFER
    scene.rasa.slots[scene.conversation_id] = {
        "district": "东昌府区",
        "phone": None,
        "requested_slot": "phone",
    }
    await scene.say("转人工")
    await scene.serve_all()


def claim(scene: Scene, agent_id: int = HAN_MEIMEI) -> None:
    claim_conversation(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=agent_id,
        now=scene.clock(),
    )


async def test_asking_for_a_person_queues_the_conversation_with_what_is_known(
    scene: Scene,
) -> None:
    await hand_over(scene)

    (waiting,) = list_queue(scene.unit_of_work)
    assert waiting.handoff_reason == "not_understood"
    assert waiting.waiting_since == scene.clock()
    assert waiting.fields == {"district": "东昌府区"}
    assert scene.lines[-1] == ("bot", "这就给您转人工。")


async def test_danger_is_answered_while_one_waits_and_beside_an_agent(scene: Scene) -> None:
    await hand_over(scene)
    await scene.say("店里着火了")
    await scene.serve_all()

    assert "119" in scene.lines[-1][1]
    claim(scene)
    said = len(scene.lines)
    await scene.say("后厨煤气泄漏了", client_id="gas")
    await scene.say("好的谢谢", client_id="thanks")
    await scene.serve_all()

    new = scene.lines[said:]
    assert [author for author, _ in new if author != "applicant"] == ["system"]
    assert any("119" in text for _, text in new)


async def test_the_handover_stands_even_when_the_slots_cannot_be_read(scene: Scene) -> None:
    async def broken(_conversation_id: str) -> dict[str, object]:
        await scene.hub.rasa._call("GET", "/nothing", "c1")
        raise AssertionError

    scene.hub.rasa.slots = broken  # type: ignore[method-assign]
    await hand_over(scene)

    assert scene.owner is Owner.WAITING


async def test_while_a_person_has_it_the_bot_hears_nothing(scene: Scene) -> None:
    await hand_over(scene)
    await scene.say("还在吗")
    await scene.serve_all()
    claim(scene)
    await scene.say("我的店在高新区")
    await scene.serve_all()

    assert scene.rasa.texts == ["转人工"]
    assert not scene.page().busy
    assert scene.lines[-1] == ("applicant", "我的店在高新区")


async def test_of_two_agents_one_gets_it_and_only_that_one_may_speak(scene: Scene) -> None:
    await hand_over(scene)
    claim(scene, HAN_MEIMEI)

    with pytest.raises(OwnerChanged):
        claim(scene, WANG_WU)
    with pytest.raises(OwnerChanged):
        say_as_agent(
            scene.unit_of_work,
            conversation_id=scene.conversation_id,
            agent_id=WANG_WU,
            text="您好",
            now=scene.clock(),
        )
    assert scene.lines[-1][0] == "bot"
    assert [one.id for one in list_held(scene.unit_of_work, agent_id=HAN_MEIMEI)] == [
        scene.conversation_id
    ]


async def test_giving_up_waiting_goes_back_to_the_bot(scene: Scene) -> None:
    await hand_over(scene)
    await scene.press("/stop_waiting")
    await scene.serve_all()
    scene.rasa.answer = lambda text: [{"text": f"听到：{text}"}]
    await scene.say("接着办")
    await scene.serve_all()

    assert scene.owner is Owner.BOT
    assert scene.lines[-1] == ("bot", "听到：接着办")


async def test_stopping_to_wait_outside_the_queue_is_answered_plainly(scene: Scene) -> None:
    await scene.press("/stop_waiting")
    await scene.serve_all()

    assert scene.lines[-1][0] == "system"
    assert scene.rasa.texts == []


async def test_handing_back_fills_the_slots_and_the_bot_repeats_its_question(
    scene: Scene,
) -> None:
    await hand_over(scene)
    claim(scene)
    say_as_agent(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        text="给您填好了",
        now=scene.clock(),
    )
    scene.rasa.answer = lambda _text: [{"text": "请问您的电话？"}]
    hand_back(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        fields={"enterprise_type": "个体户"},
        now=scene.clock(),
        told=Reply(text="小二继续为您服务"),
    )
    await scene.serve_all()

    assert scene.owner is Owner.BOT
    assert scene.rasa.texts[-1] == "/hand_back"
    assert scene.rasa.slots[scene.conversation_id]["enterprise_type"] == "个体户"
    assert [text for _author, text in scene.lines][-3:] == [
        "给您填好了",
        "小二继续为您服务",
        "请问您的电话？",
    ]


async def test_a_hand_back_without_an_open_question_is_still_noticed(scene: Scene) -> None:
    await hand_over(scene)
    claim(scene)
    scene.rasa.mode = "silent"
    hand_back(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        fields={},
        now=scene.clock(),
    )
    await scene.serve_all()

    assert scene.lines[-1][1].startswith("小二回来了")


async def test_a_hand_back_while_rasa_is_away_comes_true_later(scene: Scene) -> None:
    await hand_over(scene)
    claim(scene)
    hand_back(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        fields={"district": "高新区"},
        now=scene.clock(),
    )
    scene.rasa.mode = "refuse"
    await scene.serve_all()
    scene.rasa.mode = "ok"
    scene.rasa.answer = lambda _text: [{"text": "请问您的电话？"}]
    scene.clock.pass_seconds(1)
    await scene.serve_all()

    assert scene.lines[-1] == ("bot", "请问您的电话？")
    assert scene.rasa.slots[scene.conversation_id]["district"] == "高新区"


async def test_a_closed_conversation_is_opened_by_the_next_message(scene: Scene) -> None:
    await hand_over(scene)
    claim(scene)
    give_up_conversation(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        to=Owner.CLOSED,
        now=scene.clock(),
    )
    assert scene.owner is Owner.CLOSED
    scene.rasa.answer = lambda text: [{"text": f"听到：{text}"}]
    await scene.say("还有一件事")
    await scene.serve_all()

    assert scene.owner is Owner.BOT
    assert scene.lines[-1] == ("bot", "听到：还有一件事")


async def test_a_closed_conversation_may_go_straight_to_a_person(scene: Scene) -> None:
    await hand_over(scene)
    claim(scene)
    give_up_conversation(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        to=Owner.CLOSED,
        now=scene.clock(),
    )
    await scene.say("转人工", client_id="second")
    await scene.serve_all()

    assert scene.owner is Owner.WAITING


async def test_what_the_agent_fills_in_is_kept_beside_what_was_known(scene: Scene) -> None:
    await hand_over(scene)
    claim(scene)
    stored = store_fields(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=HAN_MEIMEI,
        fields={"phone": "0635-0000000"},
    )

    assert stored.fields == {"district": "东昌府区", "phone": "0635-0000000"}
