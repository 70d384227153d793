"""What was not understood: guesses, an honest no, a person; and never a guess at an insult."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.misunderstood import ActionFallback
from tests.actions.trackers import message, responses, slots_set, tracker

pytestmark = pytest.mark.usefixtures("application")


async def turn(
    ranked: list[tuple[str, float]], *, count: int = 0, previous: bool = True
) -> tuple[dict[str, Any], list[str], list[str]]:
    said = message("嘎嘎嘎嘎", "nlu_fallback", 0.3)
    said["intent_ranking"] = [{"name": n, "confidence": c} for n, c in ranked]
    known = {"misunderstood": {"count": count, "message": "6"}} if count else {}
    state = tracker(said, slots=known)
    before = {"event": "user", "text": "啊", "metadata": {"message_id": 6 if previous else 5}}
    state.events.insert(0, before)
    say = CollectingDispatcher()
    events = await ActionFallback().run(say, state, {})
    titles = [b["title"] for m in say.messages for b in m.get("buttons") or []]
    return slots_set(events), responses(say), titles


async def test_the_best_guesses_are_offered_with_plain_labels() -> None:
    _, said, titles = await turn([("nlu_fallback", 0.3), ("ask_fee", 0.25), ("ask_place", 0.2)])

    assert said == ["utter_common_did_you_mean"]
    assert titles == ["多少钱", "在哪办"]


@pytest.mark.parametrize("intent", ["abuse", "emergency"])
async def test_some_intents_are_never_asked_back(intent: str) -> None:
    _, said, _ = await turn([("nlu_fallback", 0.3), (intent, 0.25), ("ask_place", 0.2)])

    assert said == ["utter_common_not_understood"]


async def test_what_is_likelier_no_service_is_declined() -> None:
    _, said, _ = await turn([("nlu_fallback", 0.3), ("out_of_scope", 0.25), ("ask_place", 0.2)])

    assert said == ["utter_common_out_of_scope"]


async def test_the_second_in_a_row_gets_an_honest_no_and_the_third_a_person() -> None:
    slots, second, _ = await turn([("ask_fee", 0.25)], count=1)
    assert second == ["utter_common_refuse"]
    assert slots["misunderstood"]["count"] == 2

    slots, third, _ = await turn([("ask_fee", 0.25)], count=2)
    assert third == ["utter_common_offer_person"]
    assert slots["offer"]["intent"] == "request_agent"


async def test_a_message_in_between_begins_the_count_anew() -> None:
    _, said, _ = await turn([("ask_fee", 0.25)], count=2, previous=False)

    assert said == ["utter_common_did_you_mean"]
