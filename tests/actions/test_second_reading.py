"""Behind an answer the question of the catalogue is said that was likeliest missed."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.second_reading import (
    LIKELY,
    NOT_BESIDE,
    add_second_reading,
    as_answered,
    as_heard,
    was_said,
)
from actions.turns.turn import Turn, read_turn
from bot.services.finding.second_reading import Answered
from tests.actions.trackers import entity, message, pressed, responses, tracker

pytestmark = pytest.mark.usefixtures("application")

TEXT = "开美容店，卫生检测报告还没出来，卫生许可能先办下来吗"
QUESTION = "没有检测报告能先拿证吗？"
OWN = "utter_matters_second_reading"
BEGUN = "utter_start_business_start"
OPEN_QUESTION = "utter_start_business_ask_enterprise_type"


def _turn(said: dict[str, Any] | None = None, **state: Any) -> Turn:
    trade = [entity("industry", "美容店")]
    return read_turn(tracker(said or message(TEXT, "start_business", 0.8, trade), **state))


def _beside(turn: Turn, *names: str, **more: str) -> CollectingDispatcher:
    """Return what is said where a turn was answered with some responses."""
    say = CollectingDispatcher()
    for name in names:
        say.utter_message(response=name, **more)
    add_second_reading(turn, say)
    return say


def _answer() -> str:
    faqs = app().catalogue.matter("lic-public-health").faqs
    return next(faq.answer for faq in faqs if faq.question == QUESTION)


def test_the_likeliest_is_the_question_that_was_missed() -> None:
    found = app().second_reading.likeliest(as_heard(_turn()), Answered((BEGUN,), ""))

    assert found is not None
    likely, asked = found
    assert (asked.matter.id, asked.faq.question) == ("lic-public-health", QUESTION)
    assert LIKELY <= likely <= 1


def test_what_was_answered_is_not_the_likeliest() -> None:
    answered = Answered(("utter_matters_answer",), f"{QUESTION}\n{_answer()}")
    found = app().second_reading.likeliest(as_heard(_turn()), answered)

    assert found is None or found[1].faq.question != QUESTION


def test_where_nothing_fits_nothing_is_likeliest() -> None:
    heard = as_heard(_turn(message("呵呵呵呵", "nlu_fallback", 0.3)))

    assert app().second_reading.likeliest(heard, Answered((), "")) is None


def test_what_any_licence_may_be_asked_is_asked_of_the_one_spoken_of() -> None:
    spoken = {"focus": "matter", "matter_id": "lic-tobacco"}
    turn = _turn(message("提前多少天申请延续", "ask_time_limit", 0.6), slots=spoken)
    known, heard = app().second_reading, as_heard(turn)
    fits = known.fits(heard)

    missed = known.missed(heard, Answered((), ""), fits)
    assert {fit.asked.matter.id for fit in missed} <= {"lic-tobacco"}
    assert len(missed) < len(fits)


def test_it_is_said_behind_the_answer_with_its_source() -> None:
    said = _beside(_turn(), BEGUN)

    assert responses(said) == [BEGUN, OWN]
    assert _answer() in str(said.messages[1]["answer"])
    assert said.messages[1]["source"]


def test_an_answer_that_holds_it_already_gets_nothing() -> None:
    said = _beside(_turn(), "utter_matters_answer", answer=f"{QUESTION}\n{_answer()}")

    assert responses(said) == ["utter_matters_answer"]


def test_the_open_question_of_a_form_stays_last() -> None:
    assert responses(_beside(_turn(), BEGUN, OPEN_QUESTION)) == [BEGUN, OWN, OPEN_QUESTION]


@pytest.mark.parametrize(
    "said",
    [
        pressed("trade=bundle:ot-beauty"),
        message(TEXT, "thank"),
        message(TEXT, "emergency"),
        message("证呢", "ask_procedure", 0.4),
        message(TEXT * 3, "start_business", 0.8),
    ],
    ids=["button", "thank-you", "emergency", "short", "long"],
)
def test_nothing_is_added(said: dict[str, Any]) -> None:
    assert responses(_beside(_turn(said), BEGUN)) == [BEGUN]


@pytest.mark.parametrize("name", sorted(NOT_BESIDE))
def test_nothing_is_added_to_help_and_to_what_says_all(name: str) -> None:
    assert responses(_beside(_turn(), name)) == [name]


def test_a_story_takes_any_text() -> None:
    turn = _turn(form="feedback_form", requested="feedback_text")

    assert responses(_beside(turn, BEGUN)) == [BEGUN]


def test_what_was_said_right_before_is_not_said_again() -> None:
    known = tracker(message(TEXT, "start_business", 0.8))
    known.events[:0] = [
        {"event": "user", **message("没报告能拿证不")},
        {"event": "bot", "text": f"{QUESTION}\n{_answer()}"},
    ]
    turn = read_turn(known)

    assert was_said(turn, _answer())
    assert responses(_beside(turn, BEGUN)) == [BEGUN]


def test_what_was_answered_are_names_answers_and_bare_texts() -> None:
    say = CollectingDispatcher()
    say.utter_message(response="utter_matters_answer", answer="不收费", source="依据")
    say.utter_message(text="好")

    assert as_answered(say) == Answered(("utter_matters_answer",), "不收费\n好")
