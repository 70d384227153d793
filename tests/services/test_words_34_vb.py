"""What is asked behind something that was done, by its words: tables of yes and no."""

import pytest

from bot.services.words.apply import (
    asks_what_is_filled,
    asks_what_is_left,
    asks_what_to_fill,
    door_number,
    mends,
    with_door_number,
)
from bot.services.words.hall import asks_for_other_hall, names_place_only
from bot.services.words.policy_list import (
    Compared,
    asks_for_others,
    asks_of_dues,
    compared_by,
    group_asked,
)
from bot.services.words.ticket import mends_filed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地址写错了 是曙光路18号", True),
        ("电话换成13900001111", True),
        ("身份证写错了", True),
        ("叫张建军 不是张建国", True),
        ("手机号不对", True),
        ("改一下地址", True),
        ("把电话改了", True),
        ("填错了咋改", False),
        ("写错了能改不", False),
        ("李建国", False),
        ("不是本人", False),
        ("提交", False),
    ],
)
def test_what_was_filled_in_is_put_right(text: str, expected: bool) -> None:
    assert mends(text) is expected


@pytest.mark.parametrize(
    ("text", "filled", "left", "to_fill"),
    [
        ("帮我看看填的啥", True, False, False),
        ("刚才填的是啥", True, False, False),
        ("电话我写的啥", True, False, False),
        ("给我念一遍", True, False, False),
        ("还差几项", False, True, False),
        ("填到哪了", False, True, False),
        ("这一步要填啥", False, False, True),
        ("这个咋填", False, False, True),
        ("不知道填啥", False, False, True),
        ("我不知道", False, False, False),
        ("填错了咋办", False, False, False),
        ("这个要写承诺书不", False, False, False),
    ],
)
def test_what_is_asked_of_the_fields(
    text: str,
    filled: bool,
    left: bool,
    to_fill: bool,
) -> None:
    said = (asks_what_is_filled(text), asks_what_is_left(text), asks_what_to_fill(text))
    assert said == (filled, left, to_fill)


@pytest.mark.parametrize(
    ("text", "number"),
    [("门牌写错了 是12号", "12"), ("门牌是18号", "18"), ("地址是曙光路18号", None)],
)
def test_the_number_of_the_door_alone(text: str, number: str | None) -> None:
    assert door_number(text) == number


def test_an_address_takes_another_number() -> None:
    assert with_door_number("临清市曙光路8号", "18") == "临清市曙光路18号"
    assert with_door_number("临清市曙光路", "18") == "临清市曙光路18号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我说错了 不是市场监管是税务", True),
        ("写错了 是税务窗口", True),
        ("时间说错了 是昨天上午", True),
        ("不是上午 是下午", True),
        ("人说错了 是个女的", True),
        ("我说错了", False),
        ("不是投诉 是问问", False),
        ("不是要投诉 我问刚才那个", False),
        ("电话写错了 13812345678", False),
        ("是不是处理了", False),
    ],
)
def test_what_was_filed_is_put_right(text: str, expected: bool) -> None:
    assert mends_filed(text) is expected


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("哪条给钱最多", Compared.GAIN),
        ("哪个最划算", Compared.GAIN),
        ("哪条最容易", Compared.CLAIM),
        ("哪个来得快", Compared.TIME),
        ("去年的还能补不", Compared.UNTIL),
        ("第一条能领多少", None),
        ("哪条法规定的", None),
        ("多久到账", None),
    ],
)
def test_the_policies_of_a_list_are_compared(text: str, by: Compared | None) -> None:
    assert compared_by(text) is by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("还有没有别的", True),
        ("那别的呢", True),
        ("还有啥", True),
        ("就这几条吗", True),
        ("一共几条", True),
        ("有没有给个体户的", False),
        ("还有多久截止", False),
        ("有啥条件", False),
        ("还有没有贷款", False),
        ("除了这个 还有别的吗", False),
    ],
)
def test_what_else_there_is(text: str, expected: bool) -> None:
    assert asks_for_others(text) is expected


@pytest.mark.parametrize(
    ("text", "in_list", "of_one"),
    [
        ("有没有给个体户的", ("个体",), ("个体",)),
        ("大学生能领哪个", ("毕业生",), ("毕业生",)),
        ("农民有没有", ("农民", "农村", "返乡"), ()),
        ("小规模能享受不", ("小规模", "small_scale"), ()),
        ("个体户能领不", (), ()),
        ("个体户能领多少", (), ()),
        ("我是个体户", (), ()),
    ],
)
def test_for_whom_there_is_something(
    text: str, in_list: tuple[str, ...], of_one: tuple[str, ...]
) -> None:
    assert group_asked(text, is_list=True) == in_list
    assert group_asked(text, is_list=False) == of_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要交社保才行吗", True),
        ("没交社保行不", True),
        ("得给员工交社保吗", True),
        ("社保咋交", False),
        ("在哪交社保", False),
        ("我交了三个月社保", False),
    ],
)
def test_whether_dues_must_be_paid(text: str, expected: bool) -> None:
    assert asks_of_dues(text) is expected


@pytest.mark.parametrize(
    ("text", "other", "place"),
    [
        ("东昌府的呢", False, True),
        ("那莘县呢", False, True),
        ("别的地方还有不", True, False),
        ("莘县开饭店要办啥", False, False),
        ("别的地方的营业执照能用不", False, False),
    ],
)
def test_from_one_hall_to_another(
    text: str,
    other: bool,
    place: bool,
) -> None:
    assert (asks_for_other_hall(text), names_place_only(text)) == (other, place)
