"""What is said outside forms: goodbyes, statements about one's place, doubts, several matters."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.finding.matter_places import both_meant, matter_by_place
from actions.turns.registry import _actions
from actions.turns.turn import read_turn
from tests.actions.trackers import entity, message, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")

TOBACCO = {"matter_id": "lic-tobacco", "focus": "matter", "focus_topic": "procedure"}
"""Slots after an answer on the tobacco licence."""


async def act(
    name: str, said: dict[str, Any], **state: Any
) -> tuple[dict[str, Any], list[str], str]:
    say = CollectingDispatcher()
    action: Any = _actions()[name]
    events = await action.run(say, tracker(said, **state), {})
    return slots_set(events), responses(say), str(say.messages)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("中 这下俺有数了 多谢你", "utter_common_thank"),
        ("好 我这就骑车过去", "utter_common_goodbye"),
        ("知道了知道了", "utter_common_heard"),
    ],
)
async def test_who_closes_hears_a_goodbye_and_no_menu(text: str, said: str) -> None:
    _, uttered, _ = await act("action_outside_form", message(text, "affirm"), slots=TOBACCO)

    assert uttered == [said]


async def test_who_has_understood_takes_no_plan_that_is_offered() -> None:
    offered = {"life_event_offer": "close", "focus": "plan", "journey": "life_event"}
    _, uttered, _ = await act("action_outside_form", message("知道了", "affirm"), slots=offered)

    assert uttered == ["utter_common_heard"]


async def test_leaving_with_a_name_in_it_is_a_wish() -> None:
    said = message("那我去办个食品证", "inform", entities=[entity("matter", "食品证")])
    _, uttered, _ = await act("action_inform", said)

    assert "utter_common_goodbye" not in uttered


async def test_a_yes_after_an_answer_gets_no_menu() -> None:
    _, uttered, _ = await act("action_outside_form", message("欧了", "affirm"), slots=TOBACCO)

    assert uttered == ["utter_common_heard"]


async def test_a_statement_about_the_place_is_held_against_the_matter_spoken_of() -> None:
    said = message("旁边三十米有个幼儿园", "inform", entities=[entity("industry", "幼儿园")])
    kept, uttered, text = await act("action_inform", said, slots=TOBACCO)

    assert kept["matter_id"] == "lic-tobacco"
    assert set(uttered) == {"utter_matters_answer"}
    assert "不得设置烟" in text


async def test_a_statement_that_no_record_holds_gets_the_conditions() -> None:
    _, uttered, _ = await act("action_inform", message("我店不到十平", "inform"), slots=TOBACCO)

    assert uttered == ["utter_matters_circumstance", "utter_matters_answer"]


async def test_small_talk_is_no_statement_about_a_licence() -> None:
    said = message("今天真冷", "chitchat")
    _, uttered, _ = await act("action_reply", said, slots=TOBACCO)

    assert uttered == ["utter_common_chitchat"]


async def test_a_doubt_without_a_name_is_about_what_was_answered() -> None:
    said = message("不对吧，我同行去年等了两个多月", "dispute_answer")
    slots = {**TOBACCO, "focus_topic": "time_limit"}
    kept, _, text = await act("action_start_dispute", said, slots=slots)

    assert kept["matter_id"] == "lic-tobacco"
    assert "烟草专卖零售许可" in text


async def test_who_says_what_they_are_asks_for_no_person() -> None:
    said = message("我是失信人员", "request_agent")
    slots = {"matter_id": "biz-company", "focus": "matter", "focus_topic": "fee"}
    _, uttered, _ = await act("action_request_agent", said, slots=slots)

    assert set(uttered) <= {"utter_matters_circumstance", "utter_matters_answer"}


async def test_a_fire_licence_is_no_fire() -> None:
    _, uttered, _ = await act("action_reply", message("晓得了 我先整消防", "emergency"))
    _, cried, _ = await act("action_reply", message("着火了 快叫消防", "emergency"))

    assert uttered == ["utter_common_goodbye"]
    assert cried == ["utter_common_emergency"]


async def test_a_fine_is_no_fee() -> None:
    said = message("不办会罚多少", "ask_fee")
    _, _, text = await act("action_answer_fee", said, slots=TOBACCO)

    assert "的费用" not in text


async def test_a_plan_that_was_offered_takes_an_answer_for_a_yes() -> None:
    kept = {
        "intent": "start_business",
        "text": "农家乐要办哪些证照",
        "entities": [{"name": "industry", "value": "农家乐"}],
    }
    said = message("那就个体吧", "inform", entities=[entity("enterprise_type", "个体")])
    offered = tracker(said, slots={"offer": {**kept, "made": "5"}}, message_id=7)
    before = {"event": "user", **message("农家乐要办哪些证照"), "metadata": {"message_id": 5}}
    offered.events.insert(0, before)
    say = CollectingDispatcher()
    action: Any = _actions()["action_inform"]
    slots = slots_set(await action.run(say, offered, {}))

    assert slots["start_business_enterprise_type"] == "individual"


@pytest.mark.parametrize(
    ("text", "meant"), [("后一个呢", "lic-food-operate"), ("先说烟的 要啥材料", "lic-tobacco")]
)
def test_one_of_the_matters_answered_together_is_pointed_at(text: str, meant: str) -> None:
    found = matter_by_place(read_turn(_after_two(text)))

    assert found is not None
    assert found.id == meant


def test_both_are_meant_by_both() -> None:
    turn = read_turn(_after_two("两样都不要钱吧"))

    assert [one.id for one in both_meant(turn)] == ["lic-tobacco", "lic-food-operate"]


def _after_two(text: str) -> Any:
    """Return the tracker of a message behind an answer for two matters."""
    state = tracker(message(text, "ask_fee"))
    told = [
        {"event": "user", **message("烟证 食品证 各要几天"), "metadata": {"message_id": 5}},
        *({"event": "slot", "name": "matter_id", "value": one} for one in ("lic-tobacco",)),
        *({"event": "slot", "name": "matter_id", "value": one} for one in ("lic-food-operate",)),
        *({"event": "slot", "name": "matter_id", "value": one} for one in ("lic-tobacco",)),
    ]
    state.events[:0] = told
    return state
