"""A skill that is out of use: said with the reason, nothing begun, nothing handed in."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.registry import action_named
from bot.bootstrap import App
from bot.domain.switches import SKILL, SKILLS
from bot.services.operating.switches import switch_names, turn_switch
from tests.actions.trackers import message, responses, tracker
from tests.clocks import StillClock

STARTS: Mapping[str, Sequence[str]] = {
    "apply": ("apply_online", "submit_application"),
    "booking": ("start_booking", "change_booking", "submit_booking"),
    "feedback": ("start_complaint", "start_suggestion", "submit_feedback"),
    "plan_project": ("start_plan_project", "submit_plan_project"),
    "policy": ("apply_policy", "start_policy_match"),
    "review": ("start_review", "submit_review"),
    "start_business": ("start_business", "submit_start_business"),
    "whistle": ("start_whistle", "submit_whistle"),
}
SAID = ["utter_common_service_off"]


def switch(application: App, skill: str, *, is_on: bool) -> None:
    turn_switch(
        application.unit_of_work,
        name=f"{SKILL}{skill}",
        is_on=is_on,
        reason="" if is_on else "系统在换",
        by="operator",
        agent_id=None,
        now=StillClock()(),
        known=switch_names(()),
    )


async def answer(action: str, **slots: Any) -> tuple[CollectingDispatcher, list[dict[str, Any]]]:
    say, asked = CollectingDispatcher(), message("我要办", "inform")
    found: Any = action_named(f"action_{action}")
    return say, await found.run(say, tracker(asked, slots=slots), {})


def test_every_skill_with_a_switch_is_known_here() -> None:
    assert set(STARTS) == set(SKILLS)


async def test_what_is_off_neither_begins_nor_is_handed_in_and_the_reason_is_said(
    application: App,
) -> None:
    for skill, names in STARTS.items():
        switch(application, skill, is_on=False)
        for name in names:
            say, events = await answer(name)
            assert responses(say)[:1] == SAID, name
            assert say.messages[0]["reason"] == "系统在换"
            assert [one for one in events if one["event"] == "followup"] == [], name


async def test_the_form_underneath_goes_on_when_nothing_can_be_handed_in(
    application: App,
) -> None:
    switch(application, "whistle", is_on=False)

    _, events = await answer("submit_whistle", open_forms=["booking_form"])

    assert [one["name"] for one in events if one["event"] == "followup"] == ["booking_form"]


@pytest.mark.parametrize("action", ["show_bookings", "cancel_booking"])
async def test_looking_up_and_cancelling_go_on(application: App, action: str) -> None:
    switch(application, "booking", is_on=False)

    assert SAID[0] not in responses((await answer(action))[0])


async def test_it_begins_again_when_it_is_switched_on(application: App) -> None:
    switch(application, "whistle", is_on=False)
    switch(application, "whistle", is_on=True)

    say, events = await answer("start_whistle")

    assert SAID[0] not in responses(say)
    assert [one["name"] for one in events if one["event"] == "followup"] == ["whistle_form"]
