"""What a review in the chat is about: the number named, or pressed under an invitation."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.feedback import ActionStartSuggestion
from actions.review import ActionStartReview, ActionSubmitReview
from bot.bootstrap import App
from bot.services.conversations.conversations import open_web_conversation
from tests.actions.trackers import entity, message, responses, tracker


@pytest.mark.parametrize(
    ("name", "number", "slots"),
    [
        ("ticket_number", "371500202611230017", ("371500202611230017", None)),
        ("case_number", "371500202611230017", ("371500202611230017", None)),
        ("ticket_number", "YY-20261123-0001", (None, "YY-20261123-0001")),
        ("ticket_number", "tc 20261123 1", (None, "TC-20261123-0001")),
    ],
)
async def test_a_number_that_is_named_is_what_is_reviewed(
    application: App, name: str, number: str, slots: tuple[str | None, str | None]
) -> None:
    assert application
    said = message(f"评价{number}", "rate_service", entities=[entity(name, number)])
    state = tracker(said, slots={"case_shown": "x", "ticket_shown": "y"})
    events = await ActionStartReview().run(CollectingDispatcher(), state, {})
    found: dict[str, Any] = {one["name"]: one["value"] for one in events if one["event"] == "slot"}
    assert (found["case_shown"], found["ticket_shown"]) == slots


@pytest.mark.parametrize(
    "slots", [{"case_shown": "371500202611230017"}, {"ticket_shown": "YY-20261123-0001"}]
)
async def test_a_review_for_somebody_elses_service_is_refused_in_words(
    application: App, slots: dict[str, str]
) -> None:
    assert application
    state = tracker(message("满意", "rate_service"), slots={"review_level": 5.0, **slots})
    say = CollectingDispatcher()
    await ActionSubmitReview().run(say, state, {})
    assert responses(say)[0] == "utter_review_closed"


@pytest.mark.parametrize(
    ("comment", "is_offered"),
    [("建议你们周末也开门", True), ("等太久了，希望窗口多开一个", True), ("等了半天没人接", False)],
)
async def test_a_suggestion_among_the_reasons_is_offered_to_be_filed_as_one(
    application: App, comment: str, is_offered: bool
) -> None:
    said = message(comment, "suggest")
    state = tracker(said, slots={"review_level": 5.0, "review_comment": comment})
    opened = open_web_conversation(application.unit_of_work, now=application.now())
    state.sender_id = opened.conversation_id
    say = CollectingDispatcher()
    await ActionSubmitReview().run(say, state, {})

    assert ("utter_review_also_suggestion" in responses(say)) is is_offered


async def test_the_button_under_such_a_review_files_its_words(application: App) -> None:
    assert application
    choice = "suggestion=review"
    said = message(f'/suggest{{"choice": "{choice}"}}', "suggest", 1.0, [entity("choice", choice)])
    state = tracker(said)
    for value in ("建议你们周末也开门", None):
        state.events.insert(0, {"event": "slot", "name": "review_comment", "value": value})
    events = await ActionStartSuggestion().run(CollectingDispatcher(), state, {})
    found = {one["name"]: one["value"] for one in events if one["event"] == "slot"}

    assert found["feedback_text"] == "建议你们周末也开门"
