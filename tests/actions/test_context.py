"""What the model takes a message for is read again by where the conversation stands."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

import actions
from actions.turns.context import in_context
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction
from actions.turns.turn import read_turn
from bot.bootstrap import App
from bot.services.finding.intent_contexts import IntentContexts
from tests.actions.trackers import message, responses, tracker

ABOUT = {"suggest": 0.2, "ask_time_limit": 1.5, "mark_done": 4.0, "abuse": 0.1, "ask_fee": 4.0}


@pytest.fixture(autouse=True)
def _weighed(application: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an application with weights of its own answer."""
    contexts = IntentContexts({"about_matter": ABOUT, "whistle_form": {"goodbye": 0.1}})
    words = replace(application.dialogue_words, contexts=contexts)
    built = replace(application, dialogue_words=words)
    monkeypatch.setattr(actions, "build", lambda _settings: built)
    actions.app.cache_clear()


def _said(text: str, *ranking: tuple[str, float], intent: str = "") -> dict[str, Any]:
    first = intent or ranking[0][0]
    ranked = [{"name": name, "confidence": sure} for name, sure in ranking]
    said = message(text, first, dict(ranking).get(first, 0.3))
    return {**said, "intent_ranking": ranked}


def _meant(said: dict[str, Any], **state: Any) -> str:
    state = {"slots": {"focus": "matter", "matter_id": "lic-tobacco"}, **state}
    earlier = {"event": "user", **message("烟草证咋办"), "metadata": {"message_id": 6}}
    made = tracker(said, **state)
    made.events.insert(0, earlier)
    return in_context(read_turn(made)).intent


def test_what_is_rare_after_an_answer_gives_way_to_a_question() -> None:
    said = _said("拿证也得三天呗", ("suggest", 0.5), ("ask_time_limit", 0.3))
    assert _meant(said) == "ask_time_limit"
    assert _meant(said, slots={"focus": None}) == "suggest"


def test_what_the_model_is_sure_of_stays() -> None:
    assert (
        _meant(_said("建议窗口多放把椅子", ("suggest", 0.97), ("ask_time_limit", 0.02)))
        == "suggest"
    )


def test_insults_and_danger_stay_whatever_is_talked_about() -> None:
    assert _meant(_said("啥破玩意", ("abuse", 0.4), ("ask_fee", 0.3))) == "abuse"


def test_an_intent_that_is_no_service_is_not_put_in_front() -> None:
    assert _meant(_said("弄完了不", ("ask_procedure", 0.4), ("mark_done", 0.3))) == "ask_procedure"


def test_where_the_model_could_not_choose_only_a_likely_one_is_believed() -> None:
    unsure = (("nlu_fallback", 0.7), ("suggest", 0.3), ("ask_fee", 0.28))
    assert _meant(_said("那收不", *unsure)) == "ask_fee"
    many = (("nlu_fallback", 0.7), *((name, 0.2) for name in ("suggest", "ask_place", "thank")))
    assert _meant(_said("那收不", *many)) == "nlu_fallback"


def test_a_message_without_guesses_stays_as_it_is() -> None:
    assert _meant(message("那收不", "nlu_fallback", 0.3)) == "nlu_fallback"


def test_what_was_refused_for_its_words_stays_refused() -> None:
    assert (
        _meant(_said("鼻炎要不要动刀", ("out_of_scope", 0.5), ("ask_fee", 0.0))) == "out_of_scope"
    )


def test_in_a_form_the_last_words_hand_in_instead_of_leaving() -> None:
    said = _said("就这些 交上吧", ("goodbye", 0.7), ("affirm", 0.2))
    assert _meant(said, form="whistle_form", requested="whistle_confirmed") == "affirm"


def test_the_action_of_what_is_meant_answers_instead_of_the_rule_s() -> None:
    said = _said("拿证也得三天呗", ("suggest", 0.5), ("ask_time_limit", 0.3))
    made = tracker(said, slots={"focus": "matter", "matter_id": "lic-tobacco"})
    made.events.insert(0, {"event": "user", **message("烟草证咋办"), "metadata": {"message_id": 6}})
    action = action_named("action_start_suggestion")
    assert isinstance(action, SkillAction)
    say = CollectingDispatcher()
    events = asyncio.run(action.run(say, made, {}))
    assert not any(event.get("name") == "feedback_form" for event in events)
    assert responses(say) == ["utter_matters_answer"]
