"""Remarks on a form as a whole, beside sentences that only look like them."""

from collections.abc import Callable

import pytest

from bot.services.words import form_remarks as said
from bot.services.words.matter_remarks import asks_permission
from bot.services.words.plan_remarks import asks_for_slowest, deletes_plan
from bot.services.words.queue import leaves_queue
from bot.services.words.remarks import hesitates, is_babble, is_done_already, replacement
from bot.services.words.ticket import asks_anonymity


@pytest.mark.parametrize(
    ("is_one", "yes", "no"),
    [
        (
            said.asks_what_is_known,
            ["现在地区写的啥？", "我填的哪个区来着", "目前都记了啥", "昨个说到哪儿了"],
            ["这一项填啥", "刚说啥？再来一遍", "我那件办到哪一步了"],
        ),
        (
            said.asks_if_right,
            ["公司名没错吧", "电话对不对", "地址写对了没"],
            ["没错", "不对吧", "你说的不对吧"],
        ),
        (
            said.says_rest_is_right,
            ["其他没错", "别的都对", "剩下的没问题"],
            ["其他材料呢", "别的店"],
        ),
        (said.leaves_to_us, ["随便", "都行，看你们", "你看着办吧"], ["随便问问", "都行动起来"]),
        (said.pauses_all, ["暂停", "改天再说吧", "先这样"], ["暂停营业要报备吗", "明天上午"]),
        (said.confirms, ["确认吧", "就这样提交", "投诉还给我提上"], ["确认书要盖章吗", "提交材料"]),
        (said.leaves, ["不填了", "算了不申请了"], ["不办公司了", "不填了行吗"]),
        (
            said.abandons,
            ["不用了，股东不同意了", "算了 他们自己修好了"],
            ["不用了 谢谢", "算了，换个时间", "不用了，电话不留了"],
        ),
        (said.asks_what_is_known, ["我选的个体还是公司来着"], ["我约的几点来着"]),
        (said.leaves_to_us, ["就按最常见的", "按一般情况来"], ["按常见的材料准备"]),
        (
            hesitates,
            ["来客人了 等我一下", "稍等，我妈叫我"],
            ["等会，水电能一次报吗", "等等 哪个更省钱啊", "我在等证"],
        ),
        (leaves_queue, ["不等了，跟你说就行", "取消排队吧"], ["能不能不等", "等不了太久"]),
        (asks_anonymity, ["可以匿名吗", "非得实名吗"], ["匿名吧", "匿名"]),
        (asks_permission, ["挨着小学让卖不", "住宅楼下准开吗"], ["你能帮我办吗", "让开车"]),
        (said.wants_deletion, ["把我填的都删了", "记录清空"], ["删选"]),
        (
            asks_for_slowest,
            ["施工许可前面哪个最慢", "哪步最耽误", "卡在哪一步"],
            ["最慢几天能下来"],
        ),
        (deletes_plan, ["删掉我的方案", "那个方案不要了"], ["我的方案呢", "删掉我的记录"]),
        (is_babble, ["阿巴阿巴嗯哼", "咕噜咕噜哇"], ["哈哈哈", "好吧", "嗯"]),
        (is_done_already, ["自己开了个修车铺", "公司已经注册了"], ["想开个店", "开了发票咋退"]),
    ],
)
def test_a_remark_is_told_from_what_looks_like_it(
    is_one: Callable[[str], bool], yes: list[str], no: list[str]
) -> None:
    assert [text for text in yes if not is_one(text)] == []
    assert [text for text in no if is_one(text)] == []


def test_what_no_longer_holds_is_replaced_by_what_does() -> None:
    assert replacement("不在东阿了，改莘县") == "莘县"
    assert replacement("不是临清是茌平") == "茌平"
    assert replacement("我在东阿了") is None


@pytest.mark.parametrize("text", ["好嘞，就这些问题吧 出个单子", "就这些吧", "没别的了"])
def test_that_is_all(text: str) -> None:
    assert said.says_that_is_all(text)


@pytest.mark.parametrize("text", ["这些问题咋解决", "出个单子要多久", "就这些钱"])
def test_a_question_is_not_all(text: str) -> None:
    assert not said.says_that_is_all(text)


@pytest.mark.parametrize(
    ("text", "hands_in"),
    [
        ("行吧就这些没别的了交上去吧", True),
        ("就这些了 提交吧", True),
        ("没别的了", False),
        ("交上去以后咋查", False),
        ("就这些材料交上去行吗", False),
    ],
)
def test_what_hands_in_may_say_that_it_is_all(text: str, *, hands_in: bool) -> None:
    assert said.hands_in(text) is hands_in
