"""A business that runs, and what is to be added to it."""

import pytest

from bot.services.words.running import adds_to_running, behind_adding, is_equipped


@pytest.mark.parametrize(
    "text",
    [
        "俺有个理发店，想顺便加个美容项目",
        "我开着个五金店 想加卖水管",
        "不是新办 执照早有了 是加项目",
        "我家超市想顺便卖早餐",
        "开美甲店的 现在想加个纹眉",
        "我卖早点的小店 想加上卖啤酒",
        "俺家开的小诊所 想再添个牙科椅子",
        "我家饭店想添台冰柜",
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
        "想开个卖菜的小店 加卖烟",
        "开面馆的 要办什么证",
    ],
)
def test_a_new_shop_or_another_change_adds_nothing(text: str) -> None:
    assert not adds_to_running(text)


def test_what_is_added_stands_behind_the_word() -> None:
    assert behind_adding("有个理发店，想加个美容项目").endswith("美容项目")
    assert behind_adding("有个理发店") == ""


def test_a_machine_is_no_trade() -> None:
    assert is_equipped("诊所想添个拍牙片的机子")
    assert not is_equipped("想加个机器维修的项目")
    assert not is_equipped("想加个纹眉")
