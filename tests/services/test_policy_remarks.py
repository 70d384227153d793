import pytest

from bot.domain.policy_claims import claim_id, is_claim
from bot.services.policy_remarks import watch_wish
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
