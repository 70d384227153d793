"""Goods that a text asks to sell are found by their names, and only where selling is asked."""

import pytest

from bot.domain.goods import Goods
from bot.services.finding.goods_finder import GoodsFinder
from tests.catalogue_files import committed_catalogue

GOODS = committed_catalogue().goods
FINDER = GoodsFinder(GOODS.values())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("体温枪能卖不", ["device-second"]),
        ("我店里卖点烟花行不", ["fireworks"]),
        ("能卖烟不", ["tobacco"]),
        ("店里卖点酒行吗", ["prepacked"]),
        ("散装白酒让卖吗", ["bulk"]),
        ("血压计跟隐形眼镜能搁一块卖不", ["device-second", "device-third"]),
        ("卖水果用办证吗", ["produce"]),
        ("小超市卖烟需要啥手续", ["tobacco"]),
        ("酒店能卖饮料不", ["prepacked"]),
        ("农药店能卖种子不", []),
        ("烟酒店咋开", []),
        ("学校旁边能卖烟吗", []),
        ("没证卖烟怎么罚", []),
        ("我想卖药", []),
        ("猪饲料能卖吗", []),
        ("俺家的药店盘给别人了他卖的啥药俺哪知道现在说要罚俺要不要管这证还是俺的名", []),
    ],
)
def test_goods_that_are_asked_about(text: str, kinds: list[str]) -> None:
    assert [one.kind.id for one in FINDER.asked(text)] == kinds


@pytest.mark.parametrize("kind", GOODS.values(), ids=lambda kind: kind.id)
def test_every_name_finds_its_own_kind(kind: Goods) -> None:
    for name in kind.names:
        assert [one.kind.id for one in FINDER.asked(f"店里能卖{name}吗")] == [kind.id], name


@pytest.mark.parametrize(
    ("before", "text", "kinds"),
    [
        ("能卖烟不", "烟花呢", ["fireworks"]),
        ("散装白酒让卖吗", "那奶粉呢", ["special-food"]),
        ("在哪办", "烟花呢", []),
        ("能卖烟不", "注册资金呢", []),
    ],
)
def test_few_words_go_on_with_other_goods(before: str, text: str, kinds: list[str]) -> None:
    assert [one.kind.id for one in FINDER.gone_on(before, text)] == kinds


def test_a_shop_with_a_kitchen_gets_the_question_on_its_own_kind() -> None:
    drinks = GOODS["prepacked"]
    for_kitchen, for_shop = drinks.answer_for({"lic-small-catering"}), drinks.answer_for(())
    assert for_kitchen is not None
    assert "小餐饮" in for_kitchen.question
    assert for_shop is not None
    assert "小餐饮" not in for_shop.question
