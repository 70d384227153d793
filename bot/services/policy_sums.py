"""Reads the amounts of an enterprise that a question tells by the way: 一个月卖8万."""

import re
from collections.abc import Mapping

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
