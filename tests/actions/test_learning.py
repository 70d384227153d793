"""What the dialogue tells the hub of a message that it did not understand."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.common import ActionReply
from actions.misunderstood import ActionFallback
from actions.turns import learning as _learning
from actions.turns.turn import read_turn
from tests.actions.trackers import message, tracker

pytestmark = pytest.mark.usefixtures("application")

RANKING = [
    {"name": "nlu_fallback", "confidence": 0.3},
    {"name": "ask_fee", "confidence": 0.25},
    {"name": "ask_place", "confidence": 0.2},
]


async def fallback(said: dict[str, Any], **state: Any) -> list[dict[str, Any]]:
    say = CollectingDispatcher()
    await ActionFallback().run(say, tracker({**said, "intent_ranking": RANKING}, **state), {})
    return payloads(say)


def payloads(say: CollectingDispatcher) -> list[dict[str, Any]]:
    return [one["custom"] for one in say.messages if one.get("custom")]


def noted(said: dict[str, Any], events: list[Any], **state: Any) -> list[dict[str, Any]]:
    say = CollectingDispatcher()
    action = state.pop("action", "action_x")
    _learning.note(action, read_turn(tracker(said, **state)), events, say)
    return payloads(say)


async def test_a_guess_is_told_with_the_candidates_and_no_word_of_the_text() -> None:
    (told,) = await fallback(message("嘎嘎嘎嘎", "nlu_fallback", 0.3))

    assert told == {
        "type": "misread",
        "reason": "guessed",
        "form": "",
        "question": "",
        "candidates": [["ask_fee", 0.25], ["ask_place", 0.2]],
    }


async def test_the_second_in_a_row_is_told_too() -> None:
    said = message("嘎嘎嘎嘎", "nlu_fallback", 0.3)
    state = tracker({**said, "intent_ranking": RANKING})
    state.slots["misunderstood"] = {"count": 1, "message": "6"}
    state.events.insert(0, {"event": "user", "text": "啊", "metadata": {"message_id": 6}})
    say = CollectingDispatcher()
    await ActionFallback().run(say, state, {})

    assert [one["reason"] for one in payloads(say)] == ["fallback"]


def failed(times: int) -> list[Any]:
    return [{"event": "slot", "name": "form_failures", "value": float(times)}]


def test_a_form_tells_from_the_second_useless_answer_on() -> None:
    said = message("啥玩意", "nlu_fallback", 0.3)
    where = {"form": "whistle_form", "requested": "whistle_district"}

    assert noted(said, failed(1), **where) == []
    (told,) = noted(said, failed(2), **where)
    assert (told["reason"], told["form"], told["question"]) == (
        "form",
        "whistle_form",
        "whistle_district",
    )


@pytest.mark.parametrize("slot", ["whistle_phone", "booking_name", "start_business_name"])
def test_an_answer_that_names_somebody_is_never_told(slot: str) -> None:
    said = message("王二小", "nlu_fallback", 0.3)
    assert noted(said, failed(3), form="whistle_form", requested=slot) == []


def test_a_lucky_guess_of_the_model_is_told_and_a_sure_one_is_not() -> None:
    (told,) = noted(message("那啥多少来着", "ask_fee", 0.42), [])
    assert told["reason"] == "unsure"
    assert noted(message("刻章多少钱", "ask_fee", 0.93), []) == []


def test_a_dispute_is_told() -> None:
    said = message("你说的不对", "dispute_answer", 0.9)
    (told,) = noted(said, [], action="action_start_dispute")
    assert told["reason"] == "disputed"


def test_the_guess_that_is_pressed_is_told_with_the_message_it_belongs_to() -> None:
    state = tracker(message("/ask_fee", "ask_fee", 1.0))
    state.slots["misunderstood"] = {"count": 1, "message": "6"}
    state.events.insert(0, {"event": "user", "text": "啊", "metadata": {"message_id": 6}})
    say = CollectingDispatcher()
    _learning.note("action_answer", read_turn(state), [], say)

    assert payloads(say) == [{"type": "guess_pressed", "of": "6", "chosen": "ask_fee"}]


async def test_a_turn_is_answered_even_if_telling_fails() -> None:
    """The tracker holds something that cannot be read."""
    state = tracker(message("/greet", "greet"))
    state.slots["misunderstood"] = {"count": 1, "message": "6"}
    state.events.insert(0, {"event": "user", "text": "啊", "metadata": "broken"})
    say = CollectingDispatcher()
    with pytest.raises(AttributeError):
        _learning.note("action_reply", read_turn(state), [], say)
    await ActionReply().run(say, state, {})

    assert [one["response"] for one in say.messages] == ["utter_common_greet"]
