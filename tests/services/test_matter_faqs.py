"""A sentence asks what the catalogue holds as a question on a matter."""

import pytest

from bot.services.finding.matter_faqs import asks_validity, fitting_faq, misfits
from tests.catalogue_files import committed_catalogue


@pytest.mark.parametrize(
    ("text", "matter", "question"),
    [
        ("那我得先注销吗", "个体工商户变更经营者", "不用先注销了吗？"),
        ("食品证要提前多久去续", "食品经营许可变更/延续/注销/补办", "提前多久延续？"),
        ("学校旁边五十米让卖烟不", "烟草专卖零售许可", "学校旁边能卖烟吗？"),
        ("离学校得多远", "互联网上网服务营业场所经营许可（筹建+最终审核）", "离学校多远？"),
    ],
)
def test_the_question_that_is_asked_is_found(text: str, matter: str, question: str) -> None:
    found = fitting_faq(
        text, [m for m in committed_catalogue().matters.values() if m.name == matter]
    )
    assert found is not None
    assert found.question == question


@pytest.mark.parametrize(
    "text", ["多少钱", "要办几天", "要什么材料", "在哪办", "能不能在网上办", "好"]
)
def test_a_question_on_a_topic_is_none_of_the_catalogue(text: str) -> None:
    assert fitting_faq(text, committed_catalogue().matters.values()) is None


def test_how_long_a_licence_holds_is_a_question_of_its_own() -> None:
    assert asks_validity("这证管几年")
    assert asks_validity("小餐饮登记证几年有效")
    assert asks_validity("烟证最长几年")
    assert not asks_validity("几年前办过")
    assert not asks_validity("证办了几年了")


@pytest.mark.parametrize(
    ("text", "matter", "question"),
    [
        ("卖农药的那个证几年一换", "lic-pesticide", "没证卖农药怎么罚？"),
        ("一般纳税人多久能转回去", "tax-general", "一般纳税人还能转回小规模吗？"),
    ],
)
def test_what_says_nothing_of_what_is_asked_misfits(text: str, matter: str, question: str) -> None:
    faqs = {faq.question: faq for faq in committed_catalogue().matter(matter).faqs}
    assert misfits(text, faqs[question])


@pytest.mark.parametrize(
    ("text", "matter", "question"),
    [
        ("先卖着后补证行不", "lic-pesticide", "没证卖农药怎么罚？"),
        ("没证卖农药抓着咋弄", "lic-pesticide", "没证卖农药怎么罚？"),
        ("歇业最多停几年", "suspend-biz", "最长能歇多久？"),
        ("网上得挂几天", "exit-simple", "公示多久？"),
    ],
)
def test_a_fine_and_a_time_that_are_asked_for_fit(text: str, matter: str, question: str) -> None:
    faqs = {faq.question: faq for faq in committed_catalogue().matter(matter).faqs}
    assert not misfits(text, faqs[question])
