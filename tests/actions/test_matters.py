"""Questions about matters on the committed catalogue."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.matter_fee import ActionAnswerFee
from actions.matter_form import ValidateMatterForm
from actions.matters import ActionAnswerMaterials
from actions.misunderstood import ActionFallback
from tests.actions.trackers import entity, message, responses, tracker

pytestmark = pytest.mark.usefixtures("application")


async def test_a_thing_named_is_never_answered_with_the_matter_spoken_of_last() -> None:
    say = CollectingDispatcher()
    said = message("危化品许可证材料", "ask_materials")
    events = await ActionAnswerMaterials().run(
        say, tracker(said, slots={"matter_id": "hr-agency"}), {}
    )

    matters = [event["value"] for event in events if event.get("name") == "matter_id"]
    assert matters == ["lic-hazchem"]
    assert responses(say)[0] == "utter_matters_answer"


async def test_another_matter_settles_the_question_that_waited_for_one() -> None:
    say = CollectingDispatcher()
    said = message("食品经营许可多少钱", "ask_fee", entities=[entity("matter", "食品经营许可")])
    state = tracker(said, form="matter_form", requested="matter_id")
    events = await ActionAnswerFee().run(say, state, {})

    assert responses(say) == ["utter_matters_answer"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


async def test_a_new_topic_in_place_of_a_choice_is_answered_for_the_likeliest_candidate() -> None:
    say = CollectingDispatcher()
    said = message("多少钱", "ask_fee")
    slots = {"matter_name": "公司法人换人了怎么弄"}
    state = tracker(said, form="matter_form", requested="matter_id", slots=slots)
    events = await ActionAnswerFee().run(say, state, {})

    assert responses(say) == ["utter_matters_answer", "utter_matters_guessed"]
    assert _slot(events, "matter_id") == "chg-legalrep"
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


async def test_a_licence_that_the_catalogue_lacks_is_said_to_be_missing() -> None:
    say = CollectingDispatcher()
    said = message("动物防疫证要啥材料", "ask_materials", entities=[entity("matter", "动物防疫证")])
    events = await ActionAnswerMaterials().run(say, tracker(said), {})

    assert responses(say) == ["utter_matters_not_listed"]
    assert {e["name"]: e["value"] for e in events} == {
        "matter_id": None,
        "focus": None,
        "focus_topic": None,
    }


def _follow_up(events: list[dict[str, Any]]) -> str | None:
    return next((e["name"] for e in events if e["event"] == "followup"), None)


async def test_a_told_situation_is_answered_without_a_name() -> None:
    say = CollectingDispatcher()
    said = message("开个小宾馆，床单毛巾这块卫生局来查说缺个证，要什么材料", "ask_materials")
    events = await ActionAnswerMaterials().run(say, tracker(said), {})

    assert responses(say) == ["utter_matters_answer"]
    assert _slot(events, "matter_id") == "lic-public-health"


async def test_a_licence_that_is_lost_is_not_answered_as_a_new_one() -> None:
    say = CollectingDispatcher()
    said = message(
        "营业执照丢了要什么材料", "ask_materials", entities=[entity("matter", "营业执照")]
    )
    events = await ActionAnswerMaterials().run(say, tracker(said), {})

    assert _slot(events, "matter_id") == "lic-reissue"


async def test_a_short_question_stays_with_the_matter_spoken_of() -> None:
    say = CollectingDispatcher()
    state = tracker(message("那多少钱", "ask_fee"), slots={"matter_id": "lic-tobacco"})
    events = await ActionAnswerFee().run(say, state, {})

    assert responses(say) == ["utter_matters_answer"]
    assert _slot(events, "matter_id") == "lic-tobacco"


async def test_candidates_are_offered_by_what_tells_them_apart() -> None:
    say = CollectingDispatcher()
    slots = {"matter_name": "消防", "matter_topic": "materials"}
    state = tracker(
        message("消防要什么材料", "ask_materials"),
        form="matter_form",
        slots=slots,
        after_action="action_answer_materials",
    )
    await ValidateMatterForm().run(say, state, {})

    titles = [button["title"] for sent in say.messages for button in sent["buttons"]]
    assert "开业前消防检查" in titles
    assert 2 <= len(titles) <= 3


async def test_a_story_that_fits_nothing_offers_a_person() -> None:
    say = CollectingDispatcher()
    slots = {"matter_name": "楼上漏水把我家天花板泡了找谁赔", "matter_topic": "materials"}
    state = tracker(
        message(slots["matter_name"], "ask_materials"),
        form="matter_form",
        slots=slots,
        after_action="action_answer_materials",
    )
    await ValidateMatterForm().run(say, state, {})

    assert "utter_matters_none" in responses(say)


async def test_a_story_that_the_model_did_not_place_opens_its_matter() -> None:
    say = CollectingDispatcher()
    said = message("小店里想摆几条烟卖，烟草局说得先有证才给配货", "nlu_fallback")
    events = await ActionFallback().run(say, tracker(said), {})

    assert responses(say)[0] == "utter_matters_sounds_like"  # then what may also be meant
    assert _slot(events, "matter_id") == "lic-tobacco"


def _slot(events: list[dict[str, Any]], name: str) -> Any:
    return next((e["value"] for e in events if e["event"] == "slot" and e["name"] == name), None)
