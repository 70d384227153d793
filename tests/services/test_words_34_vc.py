"""Sentences of strangers: what is read by its words, and what sounds like it and is not."""

from collections.abc import Callable

import pytest

from bot.services.words.any_matter import uses_licence_of_others
from bot.services.words.form_chosen import form_settled
from bot.services.words.gone_on import (
    asks_address_without_shop,
    asks_terms,
    asks_who_sees_to_debt,
    lends_servants_name,
    weighs_limit,
)
from bot.services.words.licence_got import asks_by_when_taxes, has_licence_and_asks_next
from bot.services.words.place_moved import is_left, is_moved_to
from bot.services.words.plain_wishes import calls_person, files_in_words, looks_for_unnumbered

Reads = Callable[[str], bool]

YES: dict[Reads, str] = {
    has_licence_and_asks_next: """
        个体户的执照昨儿拿到手了 后头还得干点啥
        公司执照昨天领到手了 接下来干啥
        营业执照办下来了，接下来还要做啥
        执照拿到了然后呢 下一步干啥
        拿完执照还得办啥
        领了营业执照之后要做什么
        照办下来了 后面还有啥手续
        执照到手了 还要办哪些手续
        公司注册好了 执照也领了 现在先干啥
        营业执照刚拿到 下一步是啥
        开饭店的执照办好了 后头干啥
    """,
    asks_by_when_taxes: """
        税务那边多少天里头得去
        税务几天内要去报到
        税务局最晚啥时候去
        拿了执照多久得去税务
    """,
    calls_person: """
        搬家那事说不清 你给我叫个真人来
        给我找个活人
        说半天说不明白 转人工吧
        能不能让我找个真人说说
        想找个懂消防的人说说
        安排个客服跟我说
    """,
    looks_for_unnumbered: """
        对了上礼拜我打过一回投诉 号找不着了 怎么查
        投诉的编号忘了 怎么看进度
        之前吹的哨 单号丢了 上哪查
        上回投诉过 没记编号 现在到哪了
    """,
    files_in_words: """
        我要投诉，大厅窗口让我来回跑了三趟，每回都说还缺一样，就不能一次说清楚吗
        我要投诉窗口 态度太差了 有这样办事的吗
        我要投诉供电所 三天不来人 像话吗
        窗口收了我五百加急费 凭啥 我要投诉
    """,
    weighs_limit: """
        那我们没到 是不是不用弄了
        没超 那就不用办了吧
        不够这个数 还用报不
        我们没那么大 就不用管了呗
        那超过了 就得办了
    """,
    asks_terms: """
        条件是啥 人数和资产有限制吧
        有啥条件
        人数有限制吗
        那都有什么要求
        资产有要求不
    """,
    lends_servants_name: """
        我儿子在县局里是公务员，用他的名字办呢
        俺对象是事业编 执照写她的名行不
        他在编的 挂他名下中不
        媳妇是公务员 让她当法人行不行
    """,
    asks_address_without_shop: """
        没有门店 地址写啥
        没店面 经营场所填哪
        不租门面 地址咋填
        没有实体店 登记谁的地址
    """,
    asks_who_sees_to_debt: """
        给县里一个局拉了半年料 运费一直拖着不给俺公司 有人管没
        甲方欠我货款一年了 找谁管
        工程款拖着不给 上哪告
        料钱不结 归谁管
    """,
    uses_licence_of_others: """
        嫌麻烦 执照直接给他用不就得了
        执照先借给他使着行不
        照给我小舅子接着用中不
    """,
}
NO: dict[Reads, str] = {
    has_licence_and_asks_next: """
        执照还没下来 接下来干啥
        执照丢了 接下来咋办
        办执照要带啥
        食品证办下来了 接下来干啥
        有照了还要啥证
        执照办下来要几天
        施工许可证拿到了 下一步干啥
        驾照拿到了 然后干啥
        执照拿到了 食品经营许可证咋办
        想办个执照 先干啥
        按照要求办好了 接着干啥
    """,
    asks_by_when_taxes: """
        增值税几号之前报
        公司改名税务几天内要去变更
        税务局几点上班
    """,
    calls_person: """
        你是真人吗
        不用叫真人
        怎么转人工
        几点能接人工
        我找了个真人模特
        叫个人来
    """,
    looks_for_unnumbered: """
        办件的编号忘了 怎么查
        我要投诉 电话号码没了
        预约号忘了怎么查
        我投诉他们电话打不通没有号
    """,
    files_in_words: """
        我要投诉 打哪个电话
        我要投诉 能不能匿名
        想投诉 咋投诉
        那我要投诉 几天给我答复
        我不是要投诉 就是想问问几天能下来
    """,
    weighs_limit: """
        还没到期 是不是不用续
        照早就找不着了 还销得了不
        材料找不到 还用交不
        房子租不到 是不是不用办了
        没到 那咋办
        面积是230平
        那不用办了吧
        人没到场 行不行
    """,
    asks_terms: """
        经营范围有限制吗
        开饭店有啥条件没
        我不符合条件
        没有要求
    """,
    lends_servants_name: """
        公务员能开公司吗
        用我儿子的名字办呢
        我儿子是公务员
        跟局里的公务员说了名称的事
    """,
    asks_address_without_shop: """
        地址写啥
        没有门店能办执照吗
        没有门店 要办啥证
    """,
    asks_who_sees_to_debt: """
        老板拖着工资不给 找谁管
        我欠着货款 有人管没
        货款拖着不给
        贷款拖着不批 找谁管
    """,
    uses_licence_of_others: """
        执照给他看一眼行不
        执照给公司用章盖一下
        执照办好给他送去
    """,
}


@pytest.mark.parametrize(
    ("reads", "text"),
    [(one, text.strip()) for one, said in YES.items() for text in said.split("\n") if text.strip()],
)
def test_words_are_read(reads: Reads, text: str) -> None:
    assert reads(text)


@pytest.mark.parametrize(
    ("reads", "text"),
    [(one, text.strip()) for one, said in NO.items() for text in said.split("\n") if text.strip()],
)
def test_what_only_sounds_so_is_not(reads: Reads, text: str) -> None:
    assert not reads(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("不对 办个体户吧 省事", "个体户"),
        ("那还是公司吧 我怕担事", "公司"),
        ("个体户吧，图个简单", "个体户"),
        ("算了 个体吧 手续简单", "个体户"),
        ("公司 保险", None),
        ("个体户省事吗", None),
        ("不对 办个体户省事吗", None),
        ("公司的 快点", None),
        ("办个体户 怕不怕罚", None),
        ("还是公司吧 怕担事不", None),
        ("办公司 嫌麻烦", None),
    ],
)
def test_a_reason_behind_the_form_says_no_more(text: str, form: str | None) -> None:
    assert form_settled(text) == form


@pytest.mark.parametrize(
    ("before", "behind", "left", "moved"),
    [
        ("哦等等不在", "了 场子找到东阿去了", True, False),
        ("场子找到", "去了", False, True),
        ("房子租在", "了", False, True),
        ("", "不去了", True, False),
        ("", "那边黄了", True, False),
        ("我家在", "", False, False),
        ("", "要办啥", False, False),
        ("总部搬到", "的时候", False, False),
    ],
)
def test_a_place_is_left_or_moved_to(before: str, behind: str, left: bool, moved: bool) -> None:
    assert is_left(before, behind) is left
    assert is_moved_to(before, behind) is moved
