"""Which trade a word means that the catalogue does not list."""

import pytest

from bot.services.finding.trade_finder import TradeFinder
from bot.services.finding.trade_names import is_not_meant
from tests.catalogue_files import MODELS, committed_catalogue


@pytest.fixture(scope="module")
def finder() -> TradeFinder:
    return TradeFinder(committed_catalogue(), MODELS)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("牛肉面", "bundle:ot-restaurant"),
        ("鸭血粉丝汤", "bundle:ot-restaurant"),
        ("饺子", "bundle:ot-restaurant"),
        ("生产纸箱", "bundle:ot-factory"),
        ("给人美甲", "bundle:ot-beauty"),
        ("教舞蹈", "bundle:ot-training"),
        ("租车", "code:L7111"),
        ("卖药", "bundle:ot-pharmacy"),
    ],
)
def test_the_trade_of_a_word_is_found(finder: TradeFinder, word: str, key: str) -> None:
    assert finder.sure(word) == key


@pytest.mark.parametrize("word", ["汉服馆", "手机壳", "招人中介"])
def test_between_several_trades_one_has_to_choose(finder: TradeFinder, word: str) -> None:
    assert finder.sure(word) is None
    keys = [trade.key for trade in finder.near(word)]
    assert 1 < len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "word",
    ["算命", "在高唐", "啥也不懂", "地还没有", "", "我想在新区那边租个门面卖点东西养家糊口"],
)
def test_a_stranger_and_a_sentence_are_no_trade(finder: TradeFinder, word: str) -> None:
    assert finder.sure(word) is None
    assert finder.near(word) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("先不卖酒", "卖酒"),
        ("不开超市了", "超市"),
        ("二楼，楼下是个小超市", "小超市"),
        ("旁边有个幼儿园", "幼儿园"),
    ],
)
def test_what_is_denied_or_lies_near_is_not_meant(text: str, word: str) -> None:
    assert is_not_meant(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("不干饭店了，想开个超市", "超市"),
        ("换成超市吧", "超市"),
        ("在学校附近，想开个文具店", "文具店"),
        ("超市", "超市"),
    ],
)
def test_what_is_wanted_is_meant(text: str, word: str) -> None:
    assert not is_not_meant(text, word)
