import pytest

from bot.domain.policy_claims import claim_id, is_claim
from bot.services.words.policy_remarks import (
    asks_after_hearsay,
    asks_for_more,
    asks_of_claim,
    asks_sum,
    wants_at_once,
    watch_wish,
)
from tests.catalogue_factories import facts


@pytest.mark.parametrize(
    "text",
    ["有新政策告诉我", "出了新政策通知我一声", "订阅惠企政策", "有新的政策提醒我", "告诉我新政策"],
)
def test_the_wish_to_hear_of_policies_is_understood(text: str) -> None:
    assert watch_wish(text) is True


@pytest.mark.parametrize(
    "text", ["别再告诉我新政策", "不要推送政策了", "取消订阅政策", "政策别再推了", "退订政策提醒"]
)
def test_the_wish_for_silence_is_understood(text: str) -> None:
    assert watch_wish(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "最近出了什么新政策",
        "今年有啥新政策",
        "有没有创业补贴的政策",
        "政策包",
        "把适合我的政策推给我",
        "",
    ],
)
def test_a_question_about_policies_is_no_such_wish(text: str) -> None:
    assert watch_wish(text) is None


def test_the_documents_of_a_claim_are_one_a_line() -> None:
    policies = facts().policies
    claim = facts().claims[claim_id(policies["job-start-subsidy"])]

    assert [paper.name for paper in claim.materials] == [
        "营业执照",
        "社保缴费（共享）",
        "身份类别证明",
    ]
    assert [paper.shared_no_submit for paper in claim.materials] == [False, True, False]
    (loan,) = [
        paper
        for paper in facts().claims[claim_id(policies["loan-guarantee"])].materials
        if paper.name == "反担保（可免）"
    ]
    assert not loan.required


def test_a_line_that_only_refers_elsewhere_is_no_document() -> None:
    claim = facts().claims[claim_id(facts().policies["job-si-subsidy"])]

    assert claim.materials == ()
    assert is_claim(claim.id)


@pytest.mark.parametrize(
    "text", ["邻居说谁都能领三千，真的假的", "人人能领吗", "网上讲补两万 有这事吗"]
)
def test_what_others_say_of_a_policy_is_a_question_about_it(text: str) -> None:
    assert asks_after_hearsay(text)


@pytest.mark.parametrize("text", ["听说今天有雨是不是", "朋友说房贷能减，是吗", "我四十六了"])
def test_other_hearsay_is_none(text: str) -> None:
    assert not asks_after_hearsay(text)


@pytest.mark.parametrize("text", ["直说咋领", "上哪报名", "最多贷多少", "用不用担保"])
def test_how_and_how_much_one_gets_is_asked_of_the_last_policy(text: str) -> None:
    assert asks_of_claim(text)


@pytest.mark.parametrize("text", ["有没有不用申请就给的", "自动到账的有吗", "免填表直接发的"])
def test_what_comes_without_applying_is_a_wish_of_its_own(text: str) -> None:
    assert wants_at_once(text)


def test_how_much_it_is_in_all_is_asked_before_the_end() -> None:
    assert asks_for_more("别一大堆 就说能拿多少")
    assert not asks_for_more("稳岗返还能拿多少")


def test_a_sum_alone_is_asked_for() -> None:
    assert asks_sum("能领多少")
    assert asks_sum("那我能拿多少钱啊")
    assert not asks_sum("我一共能领哪几样")
    assert not asks_sum("30万")
