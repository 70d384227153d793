"""Questions about matters on the committed catalogue."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.matters import ActionAnswerFee, ActionAnswerMaterials
from tests.actions.trackers import entity, message, responses, tracker

pytestmark = pytest.mark.usefixtures("application")


async def test_a_thing_named_is_never_answered_with_the_matter_spoken_of_last() -> None:
    say = CollectingDispatcher()
    said = message("危化品许可证材料", "ask_materials")
    events = await ActionAnswerMaterials().run(
        say, tracker(said, slots={"matter_id": "hr-agency"}), {}
    )

    assert "utter_matters_answer" not in responses(say)
    assert _follow_up(events) == "matter_form"


async def test_another_matter_settles_the_question_that_waited_for_one() -> None:
    say = CollectingDispatcher()
    said = message("食品经营许可多少钱", "ask_fee", entities=[entity("matter", "食品经营许可")])
    state = tracker(said, form="matter_form", requested="matter_id")
    events = await ActionAnswerFee().run(say, state, {})

    assert responses(say) == ["utter_matters_answer"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


async def test_a_new_topic_keeps_the_candidates_that_are_open() -> None:
    said = message("多少钱", "ask_fee")
    slots = {"matter_name": "应业执照"}
    state = tracker(said, form="matter_form", requested="matter_id", slots=slots)
    events = await ActionAnswerFee().run(CollectingDispatcher(), state, {})

    kept = {e["name"]: e["value"] for e in events if e["event"] == "slot"}
    assert kept["matter_topic"] == "fee"
    assert kept["matter_name"] == "应业执照"


def _follow_up(events: list[dict[str, Any]]) -> str | None:
    return next((e["name"] for e in events if e["event"] == "followup"), None)
