"""Which question about the procedure of any licence somebody asks."""

import pytest

from bot.services.finding.shared_finder import SharedQuestionFinder
from tests.catalogue_files import MODELS, committed_catalogue, committed_matter_words

FITS = 0.35


@pytest.fixture(scope="module")
def finder() -> SharedQuestionFinder:
    return SharedQuestionFinder(committed_catalogue(), committed_matter_words(), MODELS)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("可以喊代办的去么", "委托代理人"),
        ("一趟一趟补材料没完没了，能一回说完不", "一次告诉"),
        ("批完几天发证", "10个工作日"),
        ("菏泽办的食品证来聊城好使不", "全国有效"),
        ("续证递上去没批旧的到期了", "视为准予延续"),
    ],
)
def test_a_shared_question_is_found_in_other_words(
    finder: SharedQuestionFinder, text: str, part: str
) -> None:
    asked = finder.asked(text, committed_catalogue().matter("lic-food-operate"))
    assert asked is not None
    assert asked.score >= FITS
    assert part in asked.faq.answer


@pytest.mark.parametrize("text", ["要啥材料", "多少钱", "周六开门不", "帮我约个帮办", "我想开店"])
def test_a_plain_question_asks_none_of_them(finder: SharedQuestionFinder, text: str) -> None:
    asked = finder.asked(text, None)
    assert asked is None or asked.score < FITS


def test_the_answer_is_that_of_the_kind_of_matter(finder: SharedQuestionFinder) -> None:
    catalogue = committed_catalogue()
    text = "能让别人替我去办吗"
    licence = finder.asked(text, catalogue.matter("lic-tobacco"))
    registration = finder.asked(text, catalogue.matter("biz-company"))
    assert licence is not None
    assert registration is not None
    assert "行政许可法" in licence.faq.provenance.source
    assert "市场主体登记" in registration.faq.provenance.source


def test_a_matter_of_another_kind_has_no_such_answer(finder: SharedQuestionFinder) -> None:
    catalogue = committed_catalogue()
    assert finder.asked("能让别人替我去办吗", catalogue.matter("bank-reserve")) is None


def test_every_shared_question_has_wordings_and_every_wording_a_question() -> None:
    asked = {one.faq.question for one in committed_catalogue().shared_questions}
    assert set(committed_matter_words().shared_questions) == asked
