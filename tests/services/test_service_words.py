"""Words of people at bookings, complaints, cases and whistles."""

import pytest

from bot.services.words.case import asks_if_quicker
from bot.services.words.form_remarks import confirms, says_goodbye
from bot.services.words.remarks import (
    declines,
    gives_reason,
    is_done_by_others,
    is_here_again,
    wants_call_back,
)
from bot.services.words.story import asks_rather, chooses, says_who_is_to_blame
from bot.services.words.ticket import (
    added_words,
    asks_anonymity,
    asks_number,
    wants_to_add,
)


@pytest.mark.parametrize("text", ["88", "行 先走了", "拜拜", "再见"])
def test_who_takes_leave_says_goodbye(text: str) -> None:
    assert says_goodbye(text)


@pytest.mark.parametrize("text", ["88号窗口", "走了三趟", "13888888888"])
def test_other_words_are_no_goodbye(text: str) -> None:
    assert not says_goodbye(text)


@pytest.mark.parametrize("text", ["派", "派吧", "对 就这一条", "就这些", "没别的了"])
def test_what_stands_is_confirmed(text: str) -> None:
    assert confirms(text)


@pytest.mark.parametrize("text", ["先不派", "就这两天", "就这个窗口"])
def test_other_words_confirm_nothing(text: str) -> None:
    assert not confirms(text)


@pytest.mark.parametrize("text", ["没有那个代码", "不用回我电话", "号码不给 怕穿小鞋", "不留"])
def test_an_answer_is_left_out(text: str) -> None:
    assert declines(text)


def test_a_question_leaves_nothing_out() -> None:
    assert not declines("电话保密不")


@pytest.mark.parametrize("text", ["消防推给住建局", "消防说归住建 住建说归消防", "窗口老说不归他"])
def test_who_passes_the_buck_is_named(text: str) -> None:
    assert says_who_is_to_blame(text)


def test_a_name_blames_nobody() -> None:
    assert not says_who_is_to_blame("老陈家羊汤馆")


@pytest.mark.parametrize("text", ["要公示二十天吗 网上有人这么说", "哦说错 我想问的是社保"])
def test_a_question_is_no_doubt(text: str) -> None:
    assert asks_rather(text)


@pytest.mark.parametrize("text", ["你说的不对吧", "明明要公示 你咋说不用", "说错了吧"])
def test_a_doubt_is_no_question(text: str) -> None:
    assert not asks_rather(text)


def test_other_small_words() -> None:
    assert chooses("注销走哪种快")
    assert asks_if_quicker("只卖乙类，能快点不")
    assert not asks_if_quicker("我那件能快点不")
    assert is_here_again("好了 回来了")
    assert gives_reason("临时要开监理例会")
    assert is_done_by_others("让会计自己网上报吧")
    assert not is_done_by_others("让我自己想想")
    assert wants_call_back("让他们明天给我回个电话")
    assert not wants_call_back("电话是多少")


def test_words_about_what_was_filed() -> None:
    assert added_words("我想再加一句 她还在玩手机") == "她还在玩手机"
    assert wants_to_add("我要补充")
    assert not wants_to_add("加盟店要啥证")
    assert asks_number("编号给我说下")
    assert not asks_number("编号是371500202611010001")
    assert asks_anonymity("会不会给我穿小鞋啊")
    assert not asks_anonymity("他给人穿小鞋")
