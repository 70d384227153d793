"""The land-to-construction form on the committed catalogue."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.plan_project import ActionStartPlanProject, ValidatePlanProjectForm
from tests.actions.trackers import entity, message, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")


async def start(text: str, kind: str) -> dict[str, Any]:
    said = message(text, "plan_project", entities=[entity("project_type", kind)])
    events = await ActionStartPlanProject().run(CollectingDispatcher(), tracker(said), {})
    return slots_set(events)


@pytest.mark.parametrize(("text", "kind"), [("我想盖仓库", "仓库"), ("建学校", "学校")])
async def test_the_building_alone_does_not_decide_size_or_investor(text: str, kind: str) -> None:
    assert (await start(text, kind))["plan_project_type"] is None


async def test_a_standard_plot_decides_the_type() -> None:
    assert (await start("标准地拿地即开工", "标准地"))["plan_project_type"] == "land-then-start"


async def test_a_sentence_in_traditional_characters_tells_as_much() -> None:
    said = [entity("project_type", "工业用地")]
    for text in ("我拿了块工业用地想盖厂房", "我拿了塊工業用地想蓋廠房"):
        events = await ActionStartPlanProject().run(
            CollectingDispatcher(), tracker(message(text, "plan_project", entities=said)), {}
        )
        told = slots_set(events)
        assert (told["plan_project_works"], told["plan_project_use"]) == ("新建", "工业"), text


async def test_an_answer_to_a_later_question_is_kept() -> None:
    say = CollectingDispatcher()
    state = tracker(message("社会投资"), form="plan_project_form", requested="plan_project_works")
    slots = slots_set(await ValidatePlanProjectForm().run(say, state, {}))

    assert slots["plan_project_investor"] == "社会投资"
    assert responses(say)[0] == "utter_common_noted_as"


async def test_a_correction_changes_the_investor() -> None:
    say = CollectingDispatcher()
    known = {"plan_project_works": "新建", "plan_project_investor": "社会投资"}
    state = tracker(
        message("不对是政府投资"),
        form="plan_project_form",
        requested="plan_project_needs_verification",
        slots=known,
    )
    slots = slots_set(await ValidatePlanProjectForm().run(say, state, {}))

    assert slots["plan_project_investor"] == "政府投资"
    assert slots["requested_slot"] == "plan_project_government_works"


async def first(text: str) -> tuple[dict[str, Any], list[str]]:
    say = CollectingDispatcher()
    events = await ActionStartPlanProject().run(say, tracker(message(text, "plan_project")), {})
    return slots_set(events), responses(say)


async def test_a_contradiction_in_the_first_sentence_is_named_and_both_answers_taken_back() -> None:
    slots, said = await first("小型低风险厂房，8000平，我们公司出钱")

    assert said == [
        "utter_plan_project_start",
        "utter_plan_project_contradiction",
        "utter_plan_project_stages",
        "utter_common_noted_as",
    ]
    assert slots["plan_project_is_small_low_risk"] is None
    assert slots["plan_project_total_area_m2"] is None
    assert slots["plan_project_investor"] == "社会投资"


async def test_a_contradiction_later_on_keeps_every_other_answer() -> None:
    known = {
        "plan_project_works": "新建",
        "plan_project_investor": "社会投资",
        "plan_project_needs_verification": "no",
        "plan_project_total_area_m2": 2000.0,
        "plan_project_has_hazard": "no",
        "plan_project_is_small_low_risk": "yes",
    }
    say = CollectingDispatcher()
    state = tracker(
        message("高30米"),
        form="plan_project_form",
        requested="plan_project_special_fire",
        slots=known,
    )
    slots = slots_set(await ValidatePlanProjectForm().run(say, state, {}))

    assert "utter_plan_project_contradiction" in responses(say)
    assert slots["plan_project_height_m"] is None
    assert slots["plan_project_is_small_low_risk"] is None
    assert "plan_project_total_area_m2" not in slots
    assert slots["requested_slot"] == "plan_project_is_small_low_risk"


async def test_a_start_in_the_past_is_explained_and_the_open_question_asked_again() -> None:
    for intent in ("inform", "ask_office_hours", "change_appointment"):
        say = CollectingDispatcher()
        state = tracker(
            message("从2020年1月1号开始", intent),
            form="plan_project_form",
            requested="plan_project_works",
        )
        slots = slots_set(await ValidatePlanProjectForm().run(say, state, {}))

        assert responses(say) == ["utter_plan_project_start_past", "utter_plan_project_ask_works"]
        assert "plan_project_start_on" not in slots


async def test_a_year_is_never_taken_for_the_size_that_is_asked() -> None:
    say = CollectingDispatcher()
    state = tracker(
        message("从2027年1月4号开始"),
        form="plan_project_form",
        requested="plan_project_total_area_m2",
        slots={
            "plan_project_works": "新建",
            "plan_project_investor": "社会投资",
            "plan_project_needs_verification": "no",
        },
    )
    slots = slots_set(await ValidatePlanProjectForm().run(say, state, {}))

    assert slots["plan_project_start_on"] == "2027-01-04"
    assert slots["requested_slot"] == "plan_project_total_area_m2"
    assert "plan_project_total_area_m2" not in slots


async def test_a_start_too_far_ahead_is_explained() -> None:
    _, said = await first("想盖厂房，2050年3月1日开始")
    assert "utter_plan_project_start_too_far" in said


async def test_a_day_to_start_on_moves_the_plan() -> None:
    slots, said = await first("想盖厂房，2027年3月1日开始")
    assert slots["plan_project_start_on"] == "2027-03-01"
    assert "utter_plan_project_start_kept" in said
