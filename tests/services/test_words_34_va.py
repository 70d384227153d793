"""What is asked of a plan that stands, and what only sounds like it."""

import pytest

from bot.services.words import standing_asked as words
from bot.services.words.any_matter import Point
from bot.services.words.standing_asked import Keeping, keeping_asked, step_asked, topic_of_step
from bot.services.words.standing_point import asks_to_begin_first, goods_added, point_of_all

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
        (words.asks_how_many, "我总共能享受哪几样"),
        (words.asks_what_now, "还差一个章"),
        (words.asks_what_now, "办完执照下一步干啥"),
        (words.asks_what_now, "现在能装修不"),
    ],
)
def test_what_is_asked_of_something_else_is_left_alone(asks: object, text: str) -> None:
    assert callable(asks)
    assert not asks(text)


OF_POINTS = {
    Point.PROXY: ["我自己去还是找人代办", "我对象替我去行不", "要我本人签字不", "拿到证要我去取吗"],
    Point.VISIT: ["啥时候来看店", "他们来了看啥", "哪个得现场看"],
    Point.SENT_BACK: ["不合格咋办", "被退回来咋整", "没通过还能再办吗"],
    Point.MAIL: ["照能寄到家不"],
    Point.FORM: ["材料去哪下载", "表在哪领"],
    Point.PERSON: ["我是外地户口行不", "我有案底能开不", "我五十八了能办吗", "用我媳妇名字办行不"],
}


@pytest.mark.parametrize(("point", "text"), [(p, t) for p, many in OF_POINTS.items() for t in many])
def test_what_is_asked_of_any_licence_is_asked_of_a_plan(point: Point, text: str) -> None:
    assert point_of_all(text) is point


@pytest.mark.parametrize(
    "text", ["最快几天", "厂里安排残疾人能少交多少", "许可证在外省能用不", "一共多少钱", "先办哪个"]
)
def test_what_is_no_such_point(text: str) -> None:
    assert point_of_all(text) not in OF_POINTS


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("我要加卖烟", "烟"),
        ("酒也卖", "酒"),
        ("还想做外卖", "外卖"),
        ("我还想卖点早点", "早点"),
        ("再卖点烟酒", "烟酒"),
    ],
)
def test_what_is_sold_as_well_is_named(text: str, thing: str) -> None:
    assert goods_added(text) == thing


@pytest.mark.parametrize(
    "text",
    ["再办一个证", "还要办啥", "也卖不", "我想再开一家", "再加个人", "还差啥", "卖烟要办证吗"],
)
def test_what_adds_nothing_to_a_shop(text: str) -> None:
    assert goods_added(text) is None


def test_who_begins_before_the_papers_is_heard() -> None:
    for text in (
        "能不能先开业后补",
        "不办会罚多少",
        "不办这些行不",
        "先打地基行不",
        "能边批边盖不",
    ):
        assert asks_to_begin_first(text)
    for text in ("先办哪个", "先装修行不", "不办食品证行不", "开业要几天"):
        assert not asks_to_begin_first(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("刻章去哪刻", ("刻章", "place")),
        ("验收要几天", ("验收", "time_limit")),
        ("谁来验收", ("验收", "place")),
        ("房产证啥时候能办", ("房产证", "days")),
        ("一共多少天", None),
        ("大厅在哪", None),
        ("最快几天", None),
        ("啥时候来看店", None),
    ],
)
def test_a_step_is_named_before_its_topic(text: str, asked: tuple[str, str] | None) -> None:
    assert topic_of_step(text) == asked
