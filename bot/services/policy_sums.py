"""Reads the amounts of an enterprise that a question tells by the way: 一个月卖8万."""

import re
from collections.abc import Mapping

from bot.domain.policies import Policy, leaves
from bot.services.answers import NotANumber, read_number

_SUM = (
    r"[^\d一二三四五六七八九十百两，,。]{0,8}?"
    r"(?P<sum>[\d.]+|[一二三四五六七八九十百两]+)[多来]?(?P<unit>千万|百万|万|亿|千)"
)
_EACH = {
    "monthly_sales": "(?<![几二三四五六七八九两多]个)(?<![0-9]个)(?<![0-9一二三四五六七八九十])月",
    "quarterly": "季度?",
    "taxable_income": "(?:利润|净赚|所得额?|一年赚|[今去]年赚|挣)",
    "rd_expense": "(?:研发|搞研究)",
    "project_equipment_unit_price": "(?:设备|机器|机床|生产线|加工中心|器具)",
    "total_assets": "资产",
}
_READ = {name: re.compile(f"{said}{_SUM}") for name, said in _EACH.items()}
_BARE = re.compile(
    r"(?P<sum>\d+(?:\.\d+)?[万亿]?|[一二两三四五六七八九十百千万亿零半]{2,})(?![\d个名号月年天%])"
)
_QUARTER = re.compile("季")
LEAST = 1000.0
"""Yuan; a smaller number without a unit is no sum of a firm."""

_FACTOR = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
MONTHS_OF_QUARTER = 3


def told_sums(text: str) -> Mapping[str, float]:
    """Return amounts in yuan by the field of the profile; a quarter's sales as a month's.

    A sum must bear its unit (万, 千), so that "一个月卖8个" tells none.
    """
    found: dict[str, float] = {}
    for name, words in _READ.items():
        said = words.search(text)
        if said is None:
            continue
        try:
            value = read_number(said["sum"]) * _FACTOR[said["unit"]]
        except NotANumber:
            continue
        if name == "quarterly":
            found.setdefault("monthly_sales", round(value / MONTHS_OF_QUARTER, 2))
        else:
            found[name] = value
    return found


def bare_sum(text: str, policy: Policy, before: str | None) -> Mapping[str, float]:
    """Return what a sum that says not what it is of means for a policy just spoken of.

    It is of the one sum that the policy asks for: "要是五百二十万的呢" after the limit of what a
    machine may cost. Empty where the policy asks for several, or for none.

    Args:
        text: What is said.
        policy: The one spoken of.
        before: What was typed before it, where a quarter may have been named; None for nothing.
    """
    fields = {one.field for one in leaves(policy.criteria) if one.field in _EACH}
    found = [value for value in map(_bare, _BARE.finditer(text)) if value >= LEAST]
    if len(fields) != 1 or not found:
        return {}
    field, value = fields.pop(), found[-1]
    is_quarter = field == "monthly_sales" and _QUARTER.search(before or "") is not None
    return {field: round(value / MONTHS_OF_QUARTER, 2) if is_quarter else value}


def _bare(found: re.Match[str]) -> float:
    try:
        return read_number(found["sum"])
    except NotANumber:
        return 0.0
