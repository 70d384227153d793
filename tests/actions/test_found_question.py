"""A question of any matter is found by how well both fit, whatever the model took the text for."""

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.finding.matter_named import matter_after_all
from actions.questions.found_question import found_question, says_likeliest
from actions.questions.misread import lacks_some_licence
from actions.turns.names import meant_matter
from actions.turns.turn import read_turn
from tests.actions.trackers import entity, message, tracker

pytestmark = pytest.mark.usefixtures("application")


def _found(text: str, intent: str, sure: float = 0.4, **state: Any) -> str | None:
    found = found_question(read_turn(tracker(message(text, intent, sure), **state)))
    return None if found is None else found.faq.question


@pytest.mark.parametrize(
    ("text", "intent", "question"),
    [
        ("两岁以下的托育班，归你们批还是卫健批", "urge_case", "0-3岁托育怎么办？"),
        ("没有执业药师能开药店么", "complain", "开药店一定要执业药师吗？"),
        ("我坐过牢 还能当法人不", "out_of_scope", "哪些人不能当法人？"),
    ],
)
def test_a_question_is_found_whatever_it_was_taken_for(
    text: str, intent: str, question: str
) -> None:
    assert _found(text, intent) == question


def test_what_is_talked_about_counts() -> None:
    spoken = {"focus": "matter", "matter_id": "si-change"}
    assert _found("断一个月要紧不", "out_of_scope", slots=spoken) == "中间空一天会断吗？"
    assert _found("空着要紧不", "out_of_scope") is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("失业金一个月领几百", "out_of_scope"),
        ("怎么减肥最快", "out_of_scope"),
        ("今晚上国足几比几", "out_of_scope"),
        ("平台后天就下架我 我那食品证能不能给快着点", "urge_case"),
        ("能不能给大厅整个充电桩", "suggest"),
        ("民宿有没有专门的补贴", "match_policy"),
        ("那卫生许可证呢", "inform"),
        ("个体户跟公司哪个更省心", "nlu_fallback"),
        ("我那食品证走到哪个环节了", "query_case"),
    ],
)
def test_what_asks_for_something_else_is_no_question_of_the_catalogue(
    text: str, intent: str
) -> None:
    assert _found(text, intent, 0.9) is None


def test_a_wish_that_is_meant_for_sure_is_left_alone() -> None:
    assert _found("没有执业药师能开药店么", "book_appointment") is None


def _likeliest(text: str) -> list[str]:
    plan = {
        "journey": "start_business",
        "start_business_trade": "bundle:ot-supermarket",
        "start_business_enterprise_type": "individual",
    }
    turn = read_turn(
        tracker(
            message(text, "inform", 0.5),
            form="start_business_form",
            requested="start_business_district",
            slots=plan,
        )
    )
    say = CollectingDispatcher()
    says_likeliest(turn, say)
    return [str(each.get("answer")) for each in say.messages]


def test_a_statement_that_answers_nothing_asks_what_it_means_for_the_plan() -> None:
    assert any("学校" in said for said in _likeliest("我这对过就是小学"))


def test_a_statement_that_fits_no_question_of_the_plan_is_left_to_be_refused() -> None:
    assert _likeliest("今天天气怪好的") == []


def test_the_form_told_before_decides_whose_end_is_meant() -> None:
    """个体户 said before: twenty days in public are a company's."""
    said = message("是不是还得在网上挂二十天", "out_of_scope", 0.4)
    named = {"entities": [entity("enterprise_type", "个体户")]}
    before = {"event": "user", "text": "个体户咋注销", "parse_data": named}
    turn = read_turn(tracker(said))
    found = found_question(replace(turn, events=(before, *turn.events)))
    assert found is None or found.matter.id == "exit-individual"
    assert _found("是不是还得在网上挂二十天", "out_of_scope") == "公示多久？"


def test_a_story_that_fits_a_matter_well_is_ours_however_sure_the_refusal() -> None:
    text = "我干了三十年兽医现在退了想在镇上租间房给猫狗看病"
    matter = matter_after_all(read_turn(tracker(message(text, "out_of_scope", 0.99))))
    assert matter is not None
    assert matter.id == "lic-pet"


@pytest.mark.parametrize("text", ["幼儿园开学典礼的主持词帮我写一段", "兽医说狗得忌口"])
def test_other_talk_that_is_refused_for_sure_stays_so(text: str) -> None:
    assert matter_after_all(read_turn(tracker(message(text, "out_of_scope", 0.99)))) is None


def test_a_licence_that_somebody_asks_for_is_ours() -> None:
    said = "年年带几十号人去外地干活 抽点介绍费 人家跟我要什么证"
    assert lacks_some_licence(read_turn(tracker(message(said, "out_of_scope", 0.9))))
    other = "驾驶证丢了要什么证件补"
    assert not lacks_some_licence(read_turn(tracker(message(other, "out_of_scope", 0.9))))


def test_what_stands_before_a_marked_name_may_belong_to_it() -> None:
    meant = meant_matter("规划证", "那个乡村规划证找谁")
    assert meant is not None
    assert meant.id == "prj-rural-plan-permit"
    other = meant_matter("规划证", "那个规划证找谁")
    assert other is not None
    assert other.id != "prj-rural-plan-permit"
