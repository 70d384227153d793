"""What is asked about one matter between the questions of a plan is about that matter."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.plans.matter import matter_asked, named_in_question, points_at_spoken, say_asked
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn, read_turn
from tests.actions.trackers import entity, message, tracker

pytestmark = pytest.mark.usefixtures("application")

FORM = {"form": "start_business_form", "requested": "start_business_area_m2"}


def _turn(text: str, intent: str, name: str = "", sure: float = 0.6, **slots: Any) -> Turn:
    named = [entity("matter", name)] if name else []
    return read_turn(tracker(message(text, intent, sure, named), slots=slots, **FORM))


@pytest.mark.parametrize(
    ("text", "name", "matter"),
    [
        ("临清那张食品证能拿到这边用吗", "食品证", "lic-food-operate"),
        ("盖到什么份上能拿预售证", "预售证", "prj-presale"),
    ],
)
def test_a_question_that_names_a_matter_is_about_it(text: str, name: str, matter: str) -> None:
    trade = {"start_business_trade": trade_of("火锅店")}
    asked = matter_asked(_turn(text, "nlu_fallback", name, **trade))
    assert asked is not None
    assert asked.id == matter


@pytest.mark.parametrize(
    ("text", "intent", "name", "sure"),
    [
        ("食品证多少钱", "ask_fee", "食品证", 0.95),  # its own rule answers
        ("消防验收要不要办", "nlu_fallback", "消防验收", 0.6),  # the plan says whether
        ("施工许可证是干啥用的", "ask_procedure", "施工许可证", 0.6),  # so is what it is
        ("我有食品证了", "inform", "食品证", 0.6),
        ("备案咋弄", "nlu_fallback", "备案", 0.6),  # that could be many
        ("给我约个人办食品证行吗", "book_appointment", "食品证", 0.9),
    ],
)
def test_other_texts_are_read_on(text: str, intent: str, name: str, sure: float) -> None:
    assert matter_asked(_turn(text, intent, name, sure)) is None


def test_how_long_it_holds_is_asked_of_the_one_just_spoken_of() -> None:
    turn = _turn("这个证管几年", "ask_time_limit", sure=0.9, matter_id="lic-food-operate")
    asked = matter_asked(turn)
    assert asked is not None
    say = CollectingDispatcher()
    say_asked(turn, asked, say)
    assert "5年" in str(say.messages)


@pytest.mark.parametrize(
    ("text", "spoken", "is_one"),
    [
        ("这个审查得多少天", "lic-food-operate", True),
        ("它要多少钱", "lic-food-operate", True),
        ("这个审查得多少天", None, False),
        ("整个下来多少天", "lic-food-operate", False),
        ("它们一共多少钱", "lic-food-operate", False),
    ],
)
def test_what_points_at_one_matter_is_not_about_the_plan(
    text: str, spoken: str | None, *, is_one: bool
) -> None:
    assert points_at_spoken(_turn(text, "ask_fee", matter_id=spoken)) is is_one


def test_what_points_at_one_and_is_not_recorded_is_said_to_be_so() -> None:
    turn = _turn("这个证一年一审吗", "out_of_scope", matter_id="lic-public-health")
    asked = matter_asked(turn)
    assert asked is not None
    say = CollectingDispatcher()
    say_asked(turn, asked, say)
    assert "utter_matters_not_recorded" in str(say.messages)


def test_the_matter_that_a_question_names_is_talked_about_afterwards() -> None:
    named = named_in_question(_turn("这么小也得办施工许可？", "ask_eligibility", "施工许可"))
    assert named is not None
    assert named.id == "prj-construction-permit"
    assert named_in_question(_turn("备案要几天", "ask_time_limit", "备案")) is None
    assert named_in_question(_turn("要几天", "ask_time_limit")) is None
