"""The policy package form on the committed catalogue."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.policy import ValidatePolicyForm
from tests.actions.trackers import message, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")


async def turn(text: str, **slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    state = tracker(message(text), form="policy_form", requested="policy_answer", slots=slots)
    return slots_set(await ValidatePolicyForm().run(say, state, {})), say


async def test_an_everyday_name_of_the_enterprise_is_understood() -> None:
    slots, _ = await turn("个体户", policy_profile={}, policy_skipped=[])

    assert slots["policy_profile"] == {"entity_type": "个体工商户"}


async def test_no_button_shows_a_word_of_the_catalogues_code() -> None:
    _, say = await turn(
        "我也说不好", policy_profile={}, policy_skipped=["entity_type", "employees"]
    )

    titles = [b["title"] for m in say.messages for b in m.get("buttons") or []]
    assert titles
    assert [title for title in titles if title.isascii()] == []
