"""A yes right after something was filed hears that it is handed in; anything more is read on."""

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.filing.just_filed import says_filed
from actions.turns.turn import Turn, read_turn
from bot.bootstrap import App
from tests.actions.trackers import entity, message, responses, tracker


def after(response: str, said: dict[str, object], **slots: object) -> Turn:
    """Return the turn of a message that follows this response."""
    made = tracker(said, slots={"ticket_number": "TC-20261127-0001", **slots})
    before = [
        {"event": "user", **message("1"), "metadata": {"message_id": 6}},
        {"event": "bot", "text": "-", "metadata": {"utter_action": response}},
    ]
    made.events = [*before, *made.events]
    return read_turn(made)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("没错", "affirm"), ("对滴", "affirm"), ("就这样 报上去", "apply_online")],
)
def test_a_yes_to_a_ticket_hears_its_number(application: App, text: str, intent: str) -> None:
    say = CollectingDispatcher()
    assert says_filed(after("utter_feedback_filed", message(text, intent)), say)
    assert say.messages[0]["number"] == "TC-20261127-0001"


def test_a_yes_to_a_review_hands_in_nothing_more(application: App) -> None:
    say = CollectingDispatcher()
    said = message("就这样 交了吧", "goodbye")
    assert says_filed(after("utter_review_thanks", said), say)
    assert responses(say) == ["utter_common_filed_already"]


@pytest.mark.parametrize(
    "said",
    [
        message("好的 那办食品证要几天", "affirm"),
        message("谢谢 就这样", "thank"),
        message("对 还有食品证", "affirm", entities=[entity("matter", "食品证")]),
        message("撤了吧", "stop"),
    ],
)
def test_what_says_more_is_read_on(application: App, said: dict[str, object]) -> None:
    assert not says_filed(after("utter_feedback_filed", said), CollectingDispatcher())


def test_a_yes_to_something_else_confirms_nothing(application: App) -> None:
    said = message("没错", "affirm")
    assert not says_filed(after("utter_matters_answer", said), CollectingDispatcher())
