"""A trade and nothing else said of it."""

import pytest

from bot.services.words.bare_trade import is_bare


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("养老院咋办", "养老院"),
        ("开花店需要什么", "花店"),
        ("请问办个民宿都要啥手续？", "民宿"),
        ("早餐店手续", "早餐店"),
        ("俺想开个烟酒店 怎么弄啊", "烟酒店"),
    ],
)
def test_a_trade_alone_is_asked_about(text: str, trade: str) -> None:
    assert is_bare(text, trade)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("饭店油烟咋办", "饭店"),
        ("养老院的消防手续怎么办", "养老院"),
        ("网吧得离学校多远", "网吧"),
        ("药店的证怎么办", "药店"),
        ("药店药师证过期了怎么办", "药店"),
        ("怎么办", "药店"),
    ],
)
def test_one_point_of_a_trade_is_not_the_trade(text: str, trade: str) -> None:
    assert not is_bare(text, trade)


def test_a_long_text_is_no_bare_trade_and_costs_nothing() -> None:
    """Without a bound this would be cut in 2 ** 200 ways."""
    assert not is_bare("想要" * 200 + "！花店很好", "花店")
