"""What is asked of a plan that stands, and what only sounds like it."""

import pytest

from bot.services import standing_asked_words as words
from bot.services.standing_asked_words import Keeping, keeping_asked, step_asked

KEPT = {
    Keeping.NUMBER: [
        "编号是多少",
        "编号多少来着",
        "这个单子编号是啥",
        "编号忘了",
        "我的方案编号是多少",
    ],
    Keeping.SEND: [
        "发给我媳妇看看咋弄",
        "发给我们老板看看",
        "能发到我微信上不",
        "发给会计看看",
        "转发给我对象",
        "咋给别人看",
        "让我媳妇也看看",
    ],
    Keeping.PRINT: ["打印出来", "能打印不", "咋打印", "能下载不", "保存下来", "能存手机里不"],
    Keeping.FIND: [
        "下次咋找",
        "过两天上哪看这个单子",
        "换个手机还能看不",
        "关了还能找到不",
        "以后在哪看",
        "这个单子会不会丢",
        "下次还能看到吗",
    ],
    Keeping.DELETE: ["帮我把它删了", "删了吧", "把这个删掉"],
}


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, many in KEPT.items() for t in many])
def test_what_is_done_with_a_plan_is_heard(kind: Keeping, text: str) -> None:
    assert keeping_asked(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "执照借给我媳妇用行不",
        "店想转给我弟",
        "把店转给我对象",
        "发票开给谁",
        "证能发给我吗",
        "下次去哪办",
        "换手机号了咋改",
        "下次找谁",
        "以后咋找你们",
        "受理编号在哪看",
        "会过期不",
        "去哪找代办",
        "把消防去掉",
        "下次年报啥时候",
        "谁给我看场地",
        "以后还有啥事",
    ],
)
def test_what_is_no_wish_for_the_plan_is_left_alone(text: str) -> None:
    assert keeping_asked(text) is None


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("第三步是啥", (3, None)),
        ("第一步咋办", (1, None)),
        ("第二步要啥材料", (2, "materials")),
        ("第二步去哪办", (2, "place")),
        ("最后一步是啥", (-1, None)),
        ("第四步多久", (4, "time_limit")),
        ("第三步干啥", (3, None)),
        ("那第3步办啥呢", (3, None)),
        ("头一步去哪", (1, "place")),
        ("第十步花多少钱", (10, "fee")),
    ],
)
def test_a_step_is_known_by_its_place(text: str, step: tuple[int, str | None]) -> None:
    assert step_asked(text) == step


@pytest.mark.parametrize(
    "text",
    [
        "第二步办完了",
        "第三步能不能跳过",
        "第一个收费吗",
        "第二步卡住了咋办",
        "下一步干啥",
        "第一步办好了下面干啥",
        "第二步和第三步能一起办不",
    ],
)
def test_what_is_done_with_a_step_asks_for_none(text: str) -> None:
    assert step_asked(text) is None


OF_ALL = {
    words.asks_what_follows: [
        "办完了还要干啥",
        "都办下来以后还有啥事",
        "证办齐了还得干啥",
        "开业以后要注意啥",
        "办完就没事了吗",
    ],
    words.asks_what_returns: [
        "年年都要弄吗",
        "这些证几年一换",
        "有效期都是几年",
        "每年都要办吗",
        "办一次管几年",
    ],
    words.asks_for_way: [
        "能网上办不",
        "手机上能办不",
        "这些都要去大厅吗",
        "都得去大厅吗",
        "能网上报不",
        "不去大厅行不",
        "要跑几趟",
        "在家能弄不",
    ],
    words.asks_how_many: ["总共几个证", "一共几样", "就这些？", "就这几个证吗"],
    words.asks_what_now: ["今天能办哪个", "还差啥", "然后呢", "接下来干啥", "现在能办啥"],
    words.asks_why_so_many: ["为啥要办这么多", "咋这么多手续啊"],
}


@pytest.mark.parametrize(("asks", "text"), [(a, t) for a, many in OF_ALL.items() for t in many])
def test_what_is_asked_of_all_steps_is_heard(asks: object, text: str) -> None:
    assert callable(asks)
    assert asks(text)


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (words.asks_what_follows, "办完执照下一步干啥"),
        (words.asks_what_follows, "办完要几天"),
        (words.asks_what_follows, "办完给个啥"),
        (words.asks_what_returns, "几年前办的还能用不"),
        (words.asks_what_returns, "多久办下来"),
        (words.asks_what_returns, "几年能办完"),
        (words.asks_what_returns, "这个证管几年"),
        (words.asks_for_way, "大厅在哪"),
        (words.asks_for_way, "网店要办照吗"),
        (words.asks_for_way, "大厅几点上班"),
        (words.asks_for_way, "在网上卖货要办啥"),
        (words.asks_how_many, "一共要几个部门"),
        (words.asks_how_many, "一共多少钱"),
        (words.asks_how_many, "一共多少天"),
        (words.asks_what_now, "还差一个章"),
        (words.asks_what_now, "办完执照下一步干啥"),
        (words.asks_what_now, "现在能装修不"),
    ],
)
def test_what_is_asked_of_something_else_is_left_alone(asks: object, text: str) -> None:
    assert callable(asks)
    assert not asks(text)
