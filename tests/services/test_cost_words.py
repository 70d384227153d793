"""Whose price is asked for."""

import pytest

from bot.services.words.cost import charges_customers, cost_beside


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("检测一次多少钱", "检测"),
        ("那体检要花钱不", "体检"),
        ("装修大概啥价", "装修"),
        ("验资报告多少钱", "验资"),
        ("检测站办证多少钱", None),
        ("装修公司执照多少钱", None),
        ("培训学校许可证收费吗", None),
        ("设备抵押登记收费不", None),
        ("办证多少钱", None),
    ],
)
def test_what_others_do_has_a_price_of_its_own(text: str, what: str | None) -> None:
    assert cost_beside(text) == what


@pytest.mark.parametrize("text", ["那麻将机能不能收费", "停车场能向车主收钱吗"])
def test_customers_may_be_charged(text: str) -> None:
    assert charges_customers(text)


@pytest.mark.parametrize(
    "text", ["办证能不能不收费", "窗口能收费吗", "这个能收费不", "登记可以免费吗"]
)
def test_an_office_is_no_customer(text: str) -> None:
    assert not charges_customers(text)
