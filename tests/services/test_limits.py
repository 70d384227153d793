"""Amounts that people tell in their own words, and what a limit of the catalogue means for them."""

import pytest

from bot.domain.facts import Faq, Measure
from bot.services.finding.limits import amounts, conclusion
from tests.catalogue_files import committed_catalogue


@pytest.mark.parametrize(
    ("text", "measure", "told"),
    [
        ("我那招牌长三米五 高一米", Measure.LENGTH, [3.5, 1.0]),
        ("旁边300米有个初中", Measure.LENGTH, [300.0]),
        ("两米八", Measure.LENGTH, [2.8]),
        ("卖小米粥的 门口五平方米", Measure.LENGTH, []),
        ("面积三十五平够不够", Measure.AREA, [35.0]),
        ("租了半亩地", Measure.AREA, [333.33]),
        ("4吨半的车", Measure.WEIGHT, [4500.0]),
        ("六百公斤", Measure.WEIGHT, [600.0]),
        ("股份我占40", Measure.SHARE, [40.0]),
        ("我六成七 他三成三", Measure.SHARE, [67.0, 33.0]),
        ("就我跟我弟俩人", Measure.PEOPLE, [2.0]),
        ("五个人走了一个 只剩四个了", Measure.PEOPLE, [4.0]),
        ("那要是新拉进来一个城里户口的行不", Measure.PEOPLE, []),
        ("注册资金一百五十万", Measure.MONEY, [1_500_000.0]),
        ("装30个千瓦", Measure.POWER, [30.0]),
        ("才干了三年", Measure.YEARS, [3.0]),
        ("我是2024年7月前注册的", Measure.YEARS, []),
        ("多大算大型", Measure.LENGTH, []),
    ],
)
def test_an_amount_is_read_in_the_unit_of_its_measure(
    text: str, measure: Measure, told: list[float]
) -> None:
    assert [one.value for one in amounts(text, measure)] == told


def _faq(matter: str, question: str) -> Faq:
    return next(
        one for one in committed_catalogue().matter(matter).faqs if one.question == question
    )


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("招牌三米五", "您说的三米五：每边都不到4米"),
        ("招牌四米整", "您说的四米：有一边够4米"),
        ("长六米 高一米", "您说的六米：有一边够4米"),
        ("一面12平", "您说的12平：单面够10平方米"),
        ("就是个普通招牌", ""),
    ],
)
def test_the_first_limit_that_is_reached_decides(text: str, follows: str) -> None:
    faq = _faq("lic-outdoor-ad", "多大算大型户外广告？")
    assert conclusion(text, faq).startswith(follows)
    assert bool(conclusion(text, faq)) is bool(follows)


def test_the_value_itself_is_below_a_limit_that_begins_above_it() -> None:
    faq = _faq("lic-transport-goods", "小货车要办吗？")
    assert "不用办" in conclusion("总质量4500公斤", faq)
    assert "要办" in conclusion("总质量4501公斤", faq)


def test_each_limit_of_the_catalogue_says_both_ends() -> None:
    matters = committed_catalogue().matters
    limits = [x for m in matters.values() for faq in m.faqs for x in faq.limits]
    assert len(limits) >= 10
    assert all(one.reached != one.short and one.value > 0 for one in limits)
