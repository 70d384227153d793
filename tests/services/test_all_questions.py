"""How far a question is behind the best of all that can be answered."""

import pytest

from bot.services.finding.question_finder import QuestionFinder
from bot.store.matter_words import load_policy_questions
from tests.catalogue_files import DATA, MODELS, committed_catalogue, committed_matter_words


@pytest.fixture(scope="module")
def finder() -> QuestionFinder:
    of_policies = load_policy_questions(DATA / "policy").first
    return QuestionFinder(committed_catalogue(), committed_matter_words(), MODELS, of_policies)


@pytest.mark.parametrize(
    ("text", "matter_id"),
    [
        ("单位头一回给大伙缴公积金 一般是几个点", "hf-employer"),
        ("药房啥时候能给顾客刷医保卡", "lic-drug-retail"),
        ("小店门口摆隐形眼镜卖 要什么证", "lic-device-3"),
        ("补数学补语文的班还给批不", "lic-training"),
    ],
)
def test_the_question_that_is_asked_is_the_best_of_all(
    finder: QuestionFinder, text: str, matter_id: str
) -> None:
    asked = finder.best_of_all(text)

    assert asked is not None
    assert asked.matter.id == matter_id


@pytest.mark.parametrize(
    "text",
    [
        "去年一个没裁 失业保险听说能返一部分",  # a policy
        "你们这投诉了几天给答复",  # a service
        "不能一回说全缺啥吗 跑三趟了",  # of any matter
    ],
)
def test_no_matter_s_question_is_best_where_a_policy_or_a_service_is_meant(
    finder: QuestionFinder, text: str
) -> None:
    assert finder.best_of_all(text) is None


def test_a_question_of_another_matter_fits_worse_for_it(finder: QuestionFinder) -> None:
    catalogue = committed_catalogue()
    text = "单位头一回给大伙缴公积金 一般是几个点"
    own = finder.among(text, [catalogue.matter("hf-employer")], -9.0)
    other = finder.among(text, [catalogue.matter("tax-general")], -9.0)

    assert own is not None
    assert other is not None
    assert own.score - other.score > 0.3
