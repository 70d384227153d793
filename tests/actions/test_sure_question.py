"""A question that surely is one of the catalogue's goes before what the model takes a text for."""

from typing import Any

import pytest

from actions.questions.sure_question import sure_question
from actions.turns.turn import read_turn
from bot.bootstrap import App
from tests.actions.trackers import entity, message, tracker

pytestmark = pytest.mark.usefixtures("application")

ABOUT = {"focus": "matter", "matter_id": "exit-individual"}


def _asked(text: str, intent: str, names: dict[str, str] | None = None, **state: Any) -> str | None:
    entities = [entity(name, value) for name, value in (names or {}).items()]
    state = {"slots": ABOUT, **state}
    found = sure_question(read_turn(tracker(message(text, intent, 0.9, entities), **state)))
    return None if found is None else found.faq.question


def test_days_that_may_not_be_needed_are_no_time_limit() -> None:
    assert _asked("那用公示二十天不", "ask_time_limit") == "要公示20天吗？"


def test_papers_costs_and_laws_are_asked_for_in_other_ways() -> None:
    assert _asked("注销要啥材料", "ask_materials") is None
    assert _asked("注销收不收钱", "ask_fee") is None


def test_a_paper_that_may_not_be_needed_is_a_question_of_its_own() -> None:
    company = {"focus": "matter", "matter_id": "biz-company"}
    said = ("验资报告还要么", "ask_materials", {"material": "验资报告"})
    assert _asked(*said, slots=company) == "需要验资报告吗？"


def test_two_questions_are_left_to_be_answered_one_by_one() -> None:
    assert _asked("用公示二十天不，注销要多少钱", "ask_time_limit") is None


def test_what_comes_first_is_asked_of_the_plan_though_the_registration_is_named() -> None:
    plan = {
        "journey": "start_business",
        "start_business_trade": "bundle:ot-training",
        "start_business_enterprise_type": "company",
    }
    names = {"matter": "营业执照"}
    asked = _asked(
        "是先领营业执照，还是先办许可？",
        "ask_procedure",
        names,
        form="start_business_form",
        requested="start_business_district",
        slots=plan,
    )
    assert asked == "先办证还是先办执照？"


def test_a_statement_is_held_against_what_was_talked_about(application: App) -> None:
    tobacco = {"focus": "matter", "matter_id": "lic-netcafe"}
    assert application.catalogue.matter("lic-netcafe")
    assert _asked("旁边五十米有小学", "inform", slots=tobacco) == "离学校多远？"


def test_what_was_told_is_not_looked_up() -> None:
    assert _asked("我填的面积多少", "nlu_fallback") is None


def test_a_button_asks_nothing() -> None:
    pressed = message('/inform{"choice": "x=y"}', "inform", 1.0, [entity("choice", "x=y")])
    assert sure_question(read_turn(tracker(pressed))) is None


def test_a_licence_that_is_named_is_no_area_of_the_one_spoken_of() -> None:
    food = {"focus": "matter", "matter_id": "lic-food-operate"}
    named = {"matter": "卫生许可证"}
    assert _asked("那卫生许可证呢", "ask_procedure", named, slots=food) is None
