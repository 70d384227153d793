"""What a review in the chat is about: the number named, or pressed under an invitation."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.review import ActionStartReview, ActionSubmitReview
from bot.bootstrap import App
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
