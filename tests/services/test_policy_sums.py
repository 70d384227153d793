"""Amounts of an enterprise that a question tells by the way."""

import pytest

from bot.services.policies.sums import told_of, told_sums
from tests.catalogue_files import committed_catalogue


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
        ("设备500万以下一次扣完是真的吗", {}),
        ("我一年挣200万以内", {"taxable_income": 2_000_000}),
        ("", {}),
    ],
)
def test_they_are_read_in_yuan(text: str, told: dict[str, float]) -> None:
    assert told_sums(text) == told


@pytest.mark.parametrize(
    ("policy", "text", "told"),
    [
        ("job-unemp-refund", "去年交了8000块失业保险", {"unemp_ins_paid": 8000}),
        (
            "job-unemp-refund",
            "失业险交了两万 小公司",
            {"unemp_ins_paid": 20_000, "sme_type": "小型"},
        ),
        ("job-unemp-refund", "裁了俩人 一共16个人", {"layoff_rate": 0.125}),
        ("job-unemp-refund", "从没裁过人", {"layoff_rate": 0.0}),
        ("tax-veteran", "招3个退伍兵", {"hire_count": 3, "hire_group": "退役军人"}),
        ("fee-disabled-fund", "一个残疾人没有", {"disabled_ratio": 0.0}),
        ("tax-vat-1pct", "招3个退伍兵", {}),
        ("tax-vat-small-exempt", "季度30万以内免税吗", {}),
        ("tax-vat-small-exempt", "我上个季度卖了26万", {"quarterly_sales": 260_000}),
        ("tax-veteran", "我当过兵", {}),
    ],
)
def test_what_only_one_policy_asks_for_is_read_for_it(
    policy: str, text: str, told: dict[str, float | str]
) -> None:
    assert told_of(text, committed_catalogue().policy(policy)) == told
