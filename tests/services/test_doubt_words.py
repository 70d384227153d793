"""What is doubted in an answer, and whether somebody is to look into it."""

import pytest

from bot.services.words.doubt import (
    asks_basis,
    asks_for_check,
    denies_need,
    disbelieves,
    doubted_topic,
    wants_check,
)


@pytest.mark.parametrize("text", ["那你帮我反映下吧", "找个人查查", "行 登记上"])
def test_a_doubt_is_to_be_looked_into(text: str) -> None:
    assert wants_check(text)


@pytest.mark.parametrize("text", ["不用反映了", "怎么核实", "算了 不查证了"])
def test_a_doubt_is_left_alone(text: str) -> None:
    assert not wants_check(text)


def test_a_check_can_be_asked_for_at_any_time() -> None:
    assert asks_for_check("请人核实一下")
    assert not asks_for_check("帮我核实下编号")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("不可能，人家花了三千", "fee"),
        ("隔壁五天就下来了", "time_limit"),
        ("窗口说不用带复印件", "materials"),
        ("网上说小工程不用办", None),
    ],
)
def test_the_words_tell_what_is_doubted(text: str, topic: str | None) -> None:
    assert doubted_topic(text) == topic


@pytest.mark.parametrize("text", ["哪条法这么写的", "依据呢", "拿出规定来", "写在哪了"])
def test_where_it_stands_is_asked(text: str) -> None:
    assert asks_basis(text)


@pytest.mark.parametrize("text", ["我还是不信", "那到底听谁的", "谁说的算"])
def test_we_are_not_believed(text: str) -> None:
    assert disbelieves(text)


def test_a_thing_is_held_to_be_needed_no_more() -> None:
    assert denies_need("刻章备案不是早取消了吗")
    assert not denies_need("取消预约行吗")


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("真的假的 别家48平都是小餐饮", True),
        ("真的假的", True),
        ("真的假的发票怎么查", False),
        ("真要办这个证吗", False),
    ],
)
def test_a_doubt_may_say_why(text: str, *, doubts: bool) -> None:
    assert disbelieves(text) is doubts
