"""Remarks that owners of businesses make in passing, beside sentences that only look like them."""

from collections.abc import Callable

import pytest

from bot.services.words import form_remarks as form
from bot.services.words import matter_remarks as matter
from bot.services.words import remarks as said
from bot.services.words.business import tells_of_another
from bot.services.words.policy_remarks import asks_when_paid
from bot.services.words.ticket import takes_ticket_back


@pytest.mark.parametrize(
    ("is_one", "yes", "no"),
    [
        (
            said.asks_whether_must,
            ["这个一定要选吗", "电话非得留吗", "可以不留手机号吗", "能匿名不", "不填行吗"],
            ["不留", "匿名", "一定要去大厅吗", "我要留电话"],
        ),
        (
            said.is_correction,
            ["45写反了 是54", "不是6000，是9000", "面积改八千，多盖一排", "面积改1200"],
            ["改天再说", "多盖一排"],
        ),
        (said.is_here_again, ["我回来了", "又来了", "好了，回来了"], ["我来办证", "来个人"]),
        (
            form.asks_what_is_known,
            ["面积我填的多少来着", "我刚说几平来着", "您记下的是哪个区", "我留的手机尾号几"],
            ["刚才说的那个多少钱", "这一项填啥"],
        ),
        (form.leaves, ["不在网上填了", "不吹住了"], ["不填电话", "在网上填"]),
        (
            matter.that_licence,
            ["农药那个证得多少天", "那烟草这个证多少钱"],
            ["这个证多少钱", "那个证明要啥"],
        ),
        (form.pauses_all, ["回头再唠", "改天再讲", "晚点再续"], ["再讲一遍", "回头客"]),
        (form.leaves_to_us, ["哪里都行", "咋样都行", "帮我定"], ["差不多吧", "都行动起来"]),
        (form.drops, ["不用了", "算了，不用查了", "不需要了"], ["不用改了吗", "不用"]),
        (
            matter.asks_for_licence,
            ["卖烟是不是还得办个啥证", "要不要另外的许可", "摆摊需要备案吗"],
            ["要多久拿证", "我要两个证", "我要办营业执照"],
        ),
        (matter.hands_in_later, ["可不可以后头补", "能先收不"], ["要补啥材料", "收不收钱"]),
        (asks_when_paid, ["钱啥时候到账", "补贴多久能拿到手"], ["要多少钱", "多久办好"]),
        (
            tells_of_another,
            ["开个饭店，我媳妇想开个理发店", "再弄个快递点"],
            ["便利店卖烟酒", "在临清开个店"],
        ),
        (takes_ticket_back, ["算了帮我撤了吧", "我不投诉了"], ["啥时候回话", "我要投诉"]),
    ],
)
def test_a_remark_is_told_apart(
    is_one: Callable[[str], bool], yes: list[str], no: list[str]
) -> None:
    assert [text for text in yes if not is_one(text)] == []
    assert [text for text in no if is_one(text)] == []


@pytest.mark.parametrize(
    ("text", "new"),
    [("是冠县，不是莘县", "冠县"), ("面积是125，不是140", "125"), ("不是冠县，是莘县", "莘县")],
)
def test_what_holds_may_stand_before_what_does_not(text: str, new: str) -> None:
    assert said.replacement(text) == new


def test_by_the_way_in_front_of_more_is_no_yes() -> None:
    assert said.clauses("对了，卖书还要别的证不") == ["卖书还要别的证不"]
    assert said.clauses("对了") == ["对了"]


@pytest.mark.parametrize("text", ["，，，", "。", "", " "])
def test_a_text_without_words_has_one_clause(text: str) -> None:
    assert said.clauses(text) == [text]
