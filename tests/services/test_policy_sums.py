"""Amounts of an enterprise that a question tells by the way."""

import pytest

from bot.services.policy_sums import told_sums


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我一个月卖8万", {"monthly_sales": 80_000}),
        ("这个季度没收住 卖了30万", {"monthly_sales": 100_000}),
        ("今年利润80万", {"taxable_income": 800_000}),
        ("研发花了60万", {"rd_expense": 600_000}),
        ("设备单价五百万", {"project_equipment_unit_price": 5_000_000}),
        ("干了8个月 卖了20万", {}),
        ("一个月卖8个", {}),
        ("", {}),
    ],
)
def test_they_are_read_in_yuan(text: str, told: dict[str, float]) -> None:
    assert told_sums(text) == told
