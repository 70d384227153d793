"""The life of a message: what a worker makes of it, and what happens when a part fails."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.conversations import LeaseLost, Owner, Turn, TurnOutcome
from bot.hub.hub import run_hub
from bot.services.conversations.turns import claim_turn, complete_turn
from bot.services.desk.handovers import claim_conversation
from tests.hub.conftest import Scene

OUTAGE = "小二这会儿有点忙"


async def test_a_message_is_answered(scene: Scene) -> None:
    await scene.say("在吗")
    assert scene.page().busy
    await scene.serve_all()

    assert scene.lines == [("applicant", "在吗"), ("bot", "听到：在吗")]
    assert not scene.page().busy


async def test_each_call_of_rasa_says_which_conversation_it_is_about(scene: Scene) -> None:
    """A balancer in front of several Rasa has nothing else to keep a conversation on one."""
    await scene.say("在吗")
    await scene.serve_all()

    assert scene.rasa.kept_by == [scene.conversation_id]


async def test_messages_are_answered_in_order_of_arrival(scene: Scene) -> None:
    for text in ("一", "二", "三"):
        await scene.say(text)
    await scene.serve_all()

    assert scene.rasa.texts == ["一", "二", "三"]


async def test_a_message_sent_twice_is_one_message(scene: Scene) -> None:
    first = await scene.say("在吗", client_id="same")
    again = await scene.say("在吗", client_id="same")
    await scene.serve_all()
    late = await scene.say("在吗", client_id="same")
    await scene.serve_all()

    assert first == again == late
    assert scene.rasa.texts == ["在吗"]


async def test_typed_text_never_becomes_a_command(scene: Scene) -> None:
    await scene.say("/restart")
    await scene.say('  /inform{"a": "b"}')
    await scene.press('/inform{"district": "东昌府区"}')
    await scene.serve_all()

    assert scene.rasa.texts == [
        "／restart",
        '／inform{"a": "b"}',
        '/inform{"district": "东昌府区"}',
    ]
    assert scene.lines[0] == ("applicant", "/restart")


async def test_a_pressed_button_is_shown_with_its_title(scene: Scene) -> None:
    scene.rasa.answer = lambda _text: [
        {"text": "哪个区？", "buttons": [{"title": "东昌府", "payload": '/inform{"district":"1"}'}]}
    ]
    await scene.press("/start_business")
    await scene.serve_all()
    await scene.press('/inform{"district":"1"}')

    assert [text for author, text in scene.lines if author == "applicant"] == [
        "开店办照",
        "东昌府",
    ]


@pytest.mark.parametrize("fault", ["rasa_down", "rasa_refuses", "actions_down"])
async def test_an_outage_is_told_once_and_the_answer_comes_when_it_is_over(
    scene: Scene, fault: str
) -> None:
    if fault == "rasa_down":
        scene.rasa.server.stop()
        scene.hub.rasa._actions_url = f"{scene.rasa.url}/nothing"
    scene.rasa.mode = "refuse" if fault == "rasa_refuses" else "ok"
    scene.rasa.actions_are_up = fault != "actions_down"
    await scene.say("我要办照")
    await scene.say("再问一句")
    for _attempt in range(4):
        await scene.serve_all()
        scene.clock.pass_seconds(6)

    told = [text for author, text in scene.lines if author == "system"]
    assert len(told) == 1
    assert told[0].startswith(OUTAGE)
    assert scene.page().busy

    if fault == "rasa_down":
        scene.rasa.server.start()
        scene.hub.rasa._actions_url = scene.rasa.actions_url
    scene.rasa.mode = "ok"
    scene.rasa.actions_are_up = True
    scene.hub.rasa._actions_seen = None
    await scene.serve_all()

    assert [text for author, text in scene.lines if author == "bot"] == [
        "听到：我要办照",
        "听到：再问一句",
    ]
    assert not scene.page().busy


async def test_turns_that_fail_together_are_put_off_one_after_another(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All fail at the same moment when a part is down; who writes then must not wait for them."""
    scene.rasa.mode = "refuse"
    talks = [scene.open() for _number in range(5)]
    for name in talks:
        await scene.say("在吗", conversation_id=name)
    running, most = 0, 0
    record = scene.hub.worker._record_failure

    async def watched(turn: Turn, error: str) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await record(turn, error)
        running -= 1

    monkeypatch.setattr(scene.hub.worker, "_record_failure", watched)
    await asyncio.gather(*(scene.hub.worker.serve_one() for _name in talks))

    assert most == 1
    for name in talks:
        assert scene.page(name).messages[-1].text.startswith(OUTAGE)


async def test_danger_is_answered_though_an_outage_holds_the_conversation_back(
    scene: Scene,
) -> None:
    scene.rasa.actions_are_up = False
    await scene.say("我要办照")
    await scene.serve_all()
    await scene.say("店里着火了")

    told = [text for author, text in scene.lines if author == "system"]
    assert told[0].startswith(OUTAGE)
    assert "119" in told[1]


async def test_danger_as_the_first_word_of_an_outage_gets_the_numbers(scene: Scene) -> None:
    scene.rasa.actions_are_up = False
    await scene.say("店里着火了")
    await scene.serve_all()

    assert "119" in scene.lines[-1][1]


async def test_a_second_outage_is_told_again(scene: Scene) -> None:
    for number in ("一", "二"):
        scene.rasa.mode = "refuse"
        await scene.say(number)
        await scene.serve_all()
        scene.rasa.mode = "ok"
        scene.clock.pass_seconds(6)
        await scene.serve_all()

    assert [author for author, _text in scene.lines] == ["applicant", "system", "bot"] * 2


async def test_an_answer_that_rasa_gave_before_the_failure_is_not_asked_for_twice(
    scene: Scene,
) -> None:
    scene.rasa.mode = "forget"
    await scene.say("办照")
    await scene.serve_all()
    scene.rasa.mode = "ok"
    scene.clock.pass_seconds(1)
    await scene.serve_all()

    assert scene.rasa.texts == ["办照"]
    assert scene.lines[-1] == ("bot", "听到：办照")


async def test_a_turn_of_which_rasa_kept_nothing_is_said_again(scene: Scene) -> None:
    """Rasa stores no part of a turn whose action server died (`bot.nlu.whole_turns`)."""
    scene.rasa.mode = "refuse"
    await scene.say("办照")
    await scene.serve_all()
    assert scene.lines[-1][1].startswith(OUTAGE)

    scene.rasa.mode = "ok"
    scene.clock.pass_seconds(1)
    await scene.serve_all()

    assert scene.lines[-1] == ("bot", "听到：办照")
    assert scene.rasa.texts == ["办照"]


async def test_silence_recalled_after_a_failure_gives_a_line_with_the_way_on(
    scene: Scene,
) -> None:
    scene.rasa.mode = "silent"
    message_id = await scene.say("嗯嗯嗯")
    turn = claim_turn(scene.unit_of_work, now=scene.clock())
    assert turn is not None
    await scene.hub.rasa.ask(scene.conversation_id, "嗯嗯嗯", str(message_id))
    scene.clock.pass_seconds(60)
    await scene.serve_all()

    assert [button.payload for button in scene.last.buttons] == ["/request_agent", "/repeat"]
    assert scene.rasa.texts == ["嗯嗯嗯"]


async def test_no_answer_at_all_gives_a_line_with_the_way_on(scene: Scene) -> None:
    scene.rasa.mode = "silent"
    await scene.say("嗯嗯嗯")
    await scene.serve_all()

    assert [button.payload for button in scene.last.buttons] == ["/request_agent", "/repeat"]
    assert not scene.page().busy


async def test_a_message_that_rasa_refuses_for_long_makes_room_for_the_next(
    scene: Scene,
) -> None:
    scene.rasa.mode = "refuse"
    await scene.say("毒")
    await scene.serve_all()
    scene.clock.pass_seconds(601)
    await scene.serve_all()
    scene.rasa.mode = "ok"
    await scene.say("下一句")
    await scene.serve_all()

    assert "/request_agent" in [
        button.payload for line in scene.page().messages for button in line.buttons
    ]
    assert scene.lines[-1] == ("bot", "听到：下一句")


async def test_an_agent_who_takes_over_in_mid_turn_is_not_talked_over(scene: Scene) -> None:
    message_id = await scene.say("办照")
    turn = claim_turn(scene.unit_of_work, now=scene.clock())
    assert turn is not None
    claim_conversation(
        scene.unit_of_work,
        conversation_id=scene.conversation_id,
        agent_id=1,
        seen=Owner.BOT,
        now=scene.clock(),
    )
    outcome = await scene.hub.worker._router.route(turn)

    assert not complete_turn(scene.unit_of_work, turn=turn, outcome=outcome, now=scene.clock())
    assert [line.id for line in scene.page().messages] == [message_id]
    assert not scene.page().busy


async def test_a_worker_killed_between_answer_and_commit_costs_no_second_turn(
    scene: Scene,
) -> None:
    """The message is said again after the lease, and Rasa gives the answer that it gave before."""
    await scene.say("办照")
    killed = claim_turn(scene.unit_of_work, now=scene.clock())
    assert killed is not None
    await scene.hub.worker._router.route(killed)  # Rasa has answered; now the process is gone

    assert not await scene.hub.worker.serve_one(), "the lease still holds"
    scene.clock.pass_seconds(16)
    await scene.serve_all()

    assert scene.rasa.texts == ["办照"]
    assert scene.lines == [("applicant", "办照"), ("bot", "听到：办照")]
    with pytest.raises(LeaseLost):
        complete_turn(scene.unit_of_work, turn=killed, outcome=TurnOutcome(), now=scene.clock())


async def test_workers_racing_on_one_conversation_never_overlap(scene: Scene) -> None:
    scene.rasa.delay_s = 0.02
    texts = [f"第{number}句" for number in range(8)]
    for text in texts:
        await scene.say(text)

    async def work() -> None:
        while scene.page().busy:
            await scene.hub.worker.serve_one()

    await asyncio.wait_for(asyncio.gather(*(work() for _worker in range(4))), 20)

    assert scene.rasa.texts == texts
    assert scene.rasa.overlaps == 0


async def test_different_conversations_are_served_side_by_side(scene: Scene) -> None:
    scene.rasa.delay_s = 1.5
    others = [scene.open() for _number in range(4)]
    for name in others:
        await scene.say("在吗", conversation_id=name)
    async with run_hub(scene.hub):
        for name in others:
            page = await scene.hub.transcripts.wait(name, after=1, wait_s=10)
            while page.busy:
                page = await scene.hub.transcripts.wait(name, after=10**6, wait_s=0.2)

    assert scene.rasa.most_running == 4
    assert scene.rasa.overlaps == 0


async def test_a_turn_longer_than_the_lease_is_not_taken_away(scene: Scene) -> None:
    """The lease is renewed against the clock while Rasa thinks: 0.3 s each, for 0.8 s."""
    scene.rasa.delay_s = 0.8
    scene.hub.worker._lease = timedelta(seconds=0.3)
    await scene.say("慢慢来")
    serving = asyncio.create_task(scene.hub.worker.serve_one())
    for _look in range(8):
        await asyncio.wait({serving}, timeout=0.1)
        assert not await scene.hub.worker.serve_one()
        scene.clock.pass_seconds(0.1)
    await serving

    assert scene.rasa.texts == ["慢慢来"]
    assert scene.lines[-1] == ("bot", "听到：慢慢来")
