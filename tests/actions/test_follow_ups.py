"""A question without a subject is about the matter spoken of, and about no other."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import as_offered, is_unspoken
from actions.questions.follow_ups import answer_follow_up
from actions.questions.one_point import says_one_point
from actions.turns.turn import Turn, read_turn
from tests.actions.trackers import entity, message, tracker

pytestmark = pytest.mark.usefixtures("application")


def _turn(text: str, intent: str, spoken: str | None = None, **state: Any) -> Turn:
    slots = {"focus": "matter", "matter_id": spoken} if spoken else {}
    said = message(text, intent, 0.6, state.pop("entities", ()))
    return read_turn(tracker(said, slots={**slots, **state.pop("slots", {})}, **state))


def _said(turn: Turn) -> str:
    say = CollectingDispatcher()
    answer_follow_up(turn, say)
    return "\n".join(
        " ".join([str(m.get("response")), *(str(v) for v in m.values())]) for m in say.messages
    )


@pytest.mark.parametrize(
    ("spoken", "text", "intent", "answer"),
    [
        ("lic-drug-retail", "有效期几年", "ask_time_limit", "5年"),
        ("lic-hazchem", "三年还是五年", "inform", "3年"),
        ("lic-small-workshop", "谁来看现场", "query_appointment", "行政审批服务局"),
        ("si-employer", "不交行不行", "deny", "1至3倍"),
        ("prj-construction-permit", "前头得有啥", "nlu_fallback", "建设工程规划许可证核发"),
        ("lic-hr-service", "要几个人有证", "ask_materials", "utter_matters_not_recorded"),
    ],
)
def test_it_is_answered_of_the_matter_spoken_of(
    spoken: str, text: str, intent: str, answer: str
) -> None:
    assert answer in _said(_turn(text, intent, spoken))


def test_of_two_matters_it_is_said_which_comes_first() -> None:
    named = [entity("matter", "施工证")]
    turn = _turn("施工证在它后头吗", "ask_deferral", "prj-work-plan-permit", entities=named)
    assert "utter_matters_order " in _said(turn)


def test_two_matters_are_compared_and_the_first_stays_spoken_of() -> None:
    named = [entity("matter", "劳务派遣")]
    turn = _turn("和劳务派遣是一回事吗", "ask_eligibility", "lic-hr-service", entities=named)
    events = answer_follow_up(turn, CollectingDispatcher())
    assert "utter_matters_compared" in _said(turn)
    assert {"lic-hr-service"} == {e["value"] for e in events if e["name"] == "matter_id"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我那个卫生许可证快到期了", "nlu_fallback"),
        ("那好的谢谢", "thank"),
        ("多少钱", "ask_fee"),
        ("明天上午去", "inform"),
    ],
)
def test_what_asks_nothing_of_the_kind_is_read_on(text: str, intent: str) -> None:
    turn = _turn(text, intent, "lic-public-health")
    assert answer_follow_up(turn, CollectingDispatcher()) == []


def test_a_matter_that_nobody_speaks_of_is_not_meant() -> None:
    known = app().catalogue.matter
    food, chemist = known("lic-food-production"), known("lic-drug-retail")
    turn = _turn("许可证有效期几年", "ask_time_limit", "lic-drug-retail")
    assert is_unspoken(turn, food, [chemist])
    assert not is_unspoken(turn, chemist, [chemist])
    assert not is_unspoken(_turn("食品生产许可有效期几年", "ask_time_limit"), food, [chemist])
    assert not is_unspoken(turn, food, [])


def test_a_question_after_an_offered_trade_is_about_its_plan() -> None:
    trade = {"start_business_trade": "bundle:ot-gym"}
    assert as_offered(_turn("要多久", "ask_time_limit", slots=trade)).slots["journey"] == (
        "start_business"
    )
    spoken = _turn("要多久", "ask_time_limit", "lic-drug-retail", slots=trade)
    assert as_offered(spoken).slots.get("journey") is None


def test_no_list_of_steps_says_yes_or_no() -> None:
    matter = app().catalogue.matter("chg-license-food")
    say = CollectingDispatcher()
    assert says_one_point(_turn("要登报不", "ask_procedure", matter.id), "procedure", matter, say)
    assert not says_one_point(_turn("咋办理", "ask_procedure"), "procedure", matter, say)
    assert not says_one_point(_turn("当天能好吗", "ask_time_limit"), "time_limit", matter, say)
    assert not says_one_point(_turn("要钱吗", "ask_fee"), "fee", matter, say)
