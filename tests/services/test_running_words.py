"""A business that runs, and what is to be added to it."""

import pytest

from bot.services.running_words import adds_to_running, behind_adding


@pytest.mark.parametrize(
    "text",
    [
        "俺有个理发店，想顺便加个美容项目",
        "我开着个五金店 想加卖水管",
        "不是新办 执照早有了 是加项目",
        "我家超市想顺便卖早餐",
    ],
)
def test_more_is_added_to_a_shop_that_runs(text: str) -> None:
    assert adds_to_running(text)


@pytest.mark.parametrize(
    "text",
    [
        "想开个理发店 顺便卖点护肤品",
        "我有个理发店 想再开个美容院",
        "我有个门面 想开超市 顺便卖烟",
        "我家开了个超市 想加个人干",
        "公司想增加注册资本",
    ],
)
def test_a_new_shop_or_another_change_adds_nothing(text: str) -> None:
    assert not adds_to_running(text)


def test_what_is_added_stands_behind_the_word() -> None:
    assert behind_adding("有个理发店，想加个美容项目").endswith("美容项目")
    assert behind_adding("有个理发店") == ""
