"""A whistle like an open one of the same conversation is offered to be joined to it."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.whistle import ActionSubmitWhistle, ValidateWhistleForm
from bot.bootstrap import App
from bot.services import tickets
from tests.actions.trackers import message, pressed, responses, slots_set, tracker
from tests.routing_factories import FENCE, POWER, say

ME = "conversation-1"
SLOTS = {
    "whistle_description": FENCE[1],
    "whistle_company": "李雷面馆",
    "whistle_credit_code": "none",
    "whistle_district": "371502",
}


async def read_back(description: str) -> CollectingDispatcher:
    """Answer the last question before the read-back."""
    said = CollectingDispatcher()
    slots = {**SLOTS, "whistle_description": description}
    state = tracker(
        message("13800138000"), form="whistle_form", requested="whistle_phone", slots=slots
    )
    await ValidateWhistleForm().run(said, state, {})
    return said


async def submit(confirmed: str) -> tuple[dict[str, Any], CollectingDispatcher]:
    said = CollectingDispatcher()
    slots = {**SLOTS, "whistle_phone": "13800138000", "whistle_confirmed": confirmed}
    events = await ActionSubmitWhistle().run(said, tracker(message("对"), slots=slots), {})
    return slots_set(events), said


def mine(application: App) -> list[str]:
    found = tickets.my_tickets(application.unit_of_work, conversation_id=ME)
    return [ticket.number for ticket in found]


async def test_an_open_whistle_like_it_is_offered(application: App) -> None:
    number = say(application.unit_of_work, "李雷面馆", FENCE[0], ME)
    said = await read_back(FENCE[1])
    assert responses(said)[-2:] == ["utter_whistle_similar", "utter_whistle_ask_confirm"]
    titles = [button["title"] for button in said.messages[-1]["buttons"]]
    assert f"并到 {number}" in titles


@pytest.mark.parametrize(("text", "conversation"), [(POWER, ME), (FENCE[0], "somebody-else")])
async def test_another_story_or_anothers_whistle_is_not_offered(
    application: App, text: str, conversation: str
) -> None:
    say(application.unit_of_work, "李雷面馆", text, conversation)
    said = await read_back(FENCE[1])
    assert "utter_whistle_similar" not in responses(said)
    assert "utter_whistle_ask_confirm" in responses(said)


async def test_the_button_is_an_answer_to_the_last_question(application: App) -> None:
    number = say(application.unit_of_work, "李雷面馆", FENCE[0], ME)
    said = CollectingDispatcher()
    slots = {**SLOTS, "whistle_phone": "13800138000"}
    state = tracker(
        pressed(f"whistle_confirmed=join:{number}"),
        form="whistle_form",
        requested="whistle_confirmed",
        slots=slots,
    )
    events = slots_set(await ValidateWhistleForm().run(said, state, {}))
    assert events["whistle_confirmed"] == f"join:{number}"


async def test_joined_it_opens_no_second_ticket(application: App) -> None:
    number = say(application.unit_of_work, "李雷面馆", FENCE[0], ME)
    slots, said = await submit(f"join:{number}")
    assert responses(said)[0] == "utter_whistle_joined"
    assert slots["ticket_number"] == number
    assert mine(application) == [number]
    with application.unit_of_work() as uow:
        assert [one.text for one in uow.routing.additions(number)] == [FENCE[1]]


async def test_a_whistle_that_is_gone_becomes_a_new_one_and_nothing_is_lost(
    application: App,
) -> None:
    other = say(application.unit_of_work, "王五面馆", FENCE[0], "somebody-else")
    _, said = await submit(f"join:{other}")
    assert responses(said)[0] == "utter_whistle_opened"
    assert len(mine(application)) == 1


async def test_no_is_still_no(application: App) -> None:
    _, said = await submit("no")
    assert responses(said)[0] == "utter_whistle_dropped"
    assert mine(application) == []
