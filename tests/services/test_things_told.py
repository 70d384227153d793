"""What a sentence says of the things that a trade is asked for."""

import pytest

from bot.services.words.things_told import things_told

THINGS = {
    "big_sign": ["招牌", "门头", "牌子", "广告"],
    "device3": ["隐形眼镜"],
    "for_profit": ["营利"],
    "raw_or_cake": ["裱花", "生的"],
    "decorate_special": ["特殊工程"],
    "sells_packaged": ["饮料", "零食"],
    "named serves_meals": ["食堂", "管饭"],
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("也卖点隐形眼镜", {"device3": "yes"}),
        ("隐形眼镜不卖", {"device3": "no"}),
        ("不做生的，牌子不到四米", {"raw_or_cake": "no", "big_sign": "no"}),
        ("招牌得有6米长", {"big_sign": "yes"}),
        ("没那么大的广告", {"big_sign": "no"}),
        ("不是啥特殊工程", {"decorate_special": "no"}),
        ("营利，雇四个老师", {"for_profit": "yes"}),
        ("非营利的", {"for_profit": "no"}),
        ("顺便卖点香烟、小玩具和零食", {"sells_packaged": "yes"}),
        ("中午管饭", {"serves_meals": "yes"}),
        ("不管饭", {"serves_meals": "no"}),
    ],
)
def test_what_is_said_of_a_thing_answers(text: str, told: dict[str, str]) -> None:
    assert things_told(text, THINGS) == told


@pytest.mark.parametrize(
    "text",
    [
        "隐形眼镜能卖吗",
        "要是做裱花呢",
        "做裱花 要办啥证",
        "租了个小门头",
        "门头房三十平",
        "裱花",
        "隔壁是个食堂",
        "做饮料瓶的",
    ],
)
def test_what_is_asked_or_supposed_answers_nothing(text: str) -> None:
    assert things_told(text, THINGS) == {}


def test_the_bare_name_answers_the_question_that_asks_for_it() -> None:
    assert things_told("裱花的", THINGS, asked="raw_or_cake") == {"raw_or_cake": "yes"}
