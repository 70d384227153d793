"""The start-a-business form on the committed catalogue."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.start_business import ActionStartBusiness, ValidateStartBusinessForm
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")

HOT_POT = "bundle:ot-restaurant"
ASKED_TYPE = {
    "start_business_trade": HOT_POT,
    "start_business_district": "371502",
}


async def turn(said: dict[str, Any], **state: Any) -> tuple[dict[str, Any], list[str]]:
    say = CollectingDispatcher()
    form = "start_business_form"
    events = await ValidateStartBusinessForm().run(say, tracker(said, form=form, **state), {})
    return slots_set(events), responses(say)


async def test_the_first_sentence_also_tells_area_and_kitchen() -> None:
    said = message(
        "开个火锅店，80平，没厨房", "start_business", entities=[entity("industry", "火锅店")]
    )
    slots = slots_set(await ActionStartBusiness().run(CollectingDispatcher(), tracker(said), {}))

    assert slots["start_business_area_m2"] == 80
    assert slots["start_business_has_kitchen"] == "no"


async def test_answers_beside_the_open_one_are_kept() -> None:
    said = message("个体户，80平，没厨房", entities=[entity("enterprise_type", "个体户")])
    slots, _ = await turn(said, requested="start_business_enterprise_type", slots=ASKED_TYPE)

    assert slots["start_business_enterprise_type"] == "individual"
    assert slots["start_business_area_m2"] == 80
    assert slots["start_business_has_kitchen"] == "no"


async def test_asking_for_the_difference_explains_and_asks_what_decides() -> None:
    slots, said = await turn(
        message("这几种有啥区别", "nlu_fallback", 0.3),
        requested="start_business_enterprise_type",
        slots=ASKED_TYPE,
    )

    assert said == ["utter_start_business_enterprise_types", "utter_start_business_ask_fact"]
    assert slots["requested_slot"] == "start_business_founders"
    assert set(slots) > {"requested_slot"}, "Rasa takes this for a rejection"


async def test_a_correction_that_names_the_question_changes_that_one() -> None:
    slots, said = await turn(
        message("刚才面积说错了是120平", "go_back"),
        requested="start_business_big_sign",
        slots={
            **ASKED_TYPE,
            "start_business_enterprise_type": "individual",
            "start_business_area_m2": 80.0,
        },
    )

    assert slots["start_business_area_m2"] == 120
    assert "start_business_district" not in slots
    assert said[0] == "utter_common_corrected_to"


async def test_another_district_is_said_back() -> None:
    said = message("不对是临清", entities=[entity("district", "临清")])
    slots, uttered = await turn(said, requested="start_business_enterprise_type", slots=ASKED_TYPE)

    assert slots["start_business_district"] == "371581"
    assert uttered[0] == "utter_common_corrected_to"


async def test_an_answer_and_a_question_in_one_message_are_both_served() -> None:
    slots, said = await turn(
        message("300平，一共要花多少钱", "ask_fee"),
        requested="start_business_area_m2",
        slots={**ASKED_TYPE, "start_business_enterprise_type": "company"},
    )

    assert slots["start_business_area_m2"] == 300
    assert said[0] == "utter_matters_answer"
    assert slots["requested_slot"] != "start_business_area_m2"


async def test_the_button_for_the_rest_ends_the_questions() -> None:
    slots, said = await turn(
        pressed("form_rest=usual"),
        requested="start_business_area_m2",
        slots={**ASKED_TYPE, "start_business_enterprise_type": "company"},
    )

    assert slots["requested_slot"] is None
    assert said == ["utter_common_skipped_rest", "utter_start_business_usual_absent"]


async def test_only_the_first_skipped_question_is_commented() -> None:
    state = {**ASKED_TYPE, "start_business_enterprise_type": "company"}
    skip = message("不清楚", "skip")
    _, first = await turn(skip, requested="start_business_area_m2", slots=state)
    _, second = await turn(
        skip,
        requested="start_business_has_kitchen",
        slots={**state, "start_business_area_m2": -1.0},
    )

    assert "utter_common_skipped" in first
    assert "utter_common_skipped" not in second


async def test_naming_two_forms_in_a_question_chooses_none() -> None:
    said = message(
        "我该办个体户还是公司", "start_business", entities=[entity("enterprise_type", "个体户")]
    )
    slots = slots_set(await ActionStartBusiness().run(CollectingDispatcher(), tracker(said), {}))

    assert slots["start_business_enterprise_type"] is None
    assert slots["start_business_choose_form"] == "yes"


async def test_yes_to_the_recommendation_takes_it() -> None:
    known = {
        **ASKED_TYPE,
        "start_business_choose_form": "yes",
        "start_business_founders": "自己一个人",
        "start_business_wants_limited": "yes",
    }
    slots, _ = await turn(
        message("就这个", "affirm"), requested="start_business_enterprise_type", slots=known
    )
    assert slots["start_business_enterprise_type"] == "company"


async def test_a_forbidden_name_is_explained_and_nothing_else_is_lost() -> None:
    slots, said = await turn(
        message("名字叫中国老王火锅店，120平"),
        requested="start_business_area_m2",
        slots={**ASKED_TYPE, "start_business_enterprise_type": "individual"},
    )
    assert "utter_start_business_name_bad" in said
    assert slots["start_business_area_m2"] == 120
    assert "start_business_name" not in slots
    slots, said = await turn(
        message("名字叫中国老王火锅店"),
        requested="start_business_area_m2",
        slots={**ASKED_TYPE, "start_business_enterprise_type": "individual"},
    )
    assert said == ["utter_start_business_name_bad", "utter_start_business_ask_fact"]
    assert "start_business_name" not in slots


async def test_a_form_that_is_only_supposed_is_answered_for_and_not_chosen() -> None:
    said = message(
        "要是办个体户，欠了债是不是得拿家里的房子还",
        "ask_eligibility",
        0.5,
        entities=[entity("enterprise_type", "个体户")],
    )
    slots, said_back = await turn(
        said, requested="start_business_enterprise_type", slots=ASKED_TYPE
    )

    assert "start_business_enterprise_type" not in slots
    assert said_back[0] == "utter_start_business_liability"
    assert said_back[-1] == "utter_start_business_ask_enterprise_type"
