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
