"""Reads the facts of an enterprise that a sentence tells by the way, for its policy package."""

import re
from typing import Any

from bot.services.answers import read_number

_STAFF = re.compile(
    r"(?P<count>\d{1,6}|[一二三四五六七八九十百两]{1,6})(?:来|多)?(?:个|名|号|位)?(?:人(?!均|才)|员工|职工|工人)"
)
_HIGH_TECH = re.compile("(?<!不是)(?<!没有)(?<!还没)高新技术企业|(?<!不是)高企")
_FIRST = re.compile("(?:头一回|第一次|首次|头一次)(?:创业|开店|办企业|当老板)")
_SMALL_TAXPAYER = re.compile("小规模(?:纳税人)?")
_GENERAL_TAXPAYER = re.compile("一般纳税人")


_GROUPS = {
    "退役军人": re.compile("退伍|退役|当过兵|转业军|复员"),
    "登记失业人员": re.compile("登记失业|领失业金"),
    "返乡入乡农民工": re.compile("返乡|打工回来|外出务工回"),
    "残疾人": re.compile("残疾证|(我|俺)(是|有)残疾"),
    "离校2年内高校毕业生": re.compile(
        "(今年|去年|刚刚?|才)(大学|大专|本科|研究生|高校)毕业(?!了?[三四五六七八九十])"
    ),
}
"""Groups of founders by what they say of themselves."""


def told_fields(text: str) -> dict[str, Any]:
    """Return fields of a profile with their values; none that the text does not tell."""
    told: dict[str, Any] = {}
    staff = _STAFF.search(text)
    if staff is not None:
        told["employees"] = read_number(staff["count"])
    if _HIGH_TECH.search(text):
        told["hightech_valid"] = True
    if _FIRST.search(text):
        told["first_time_founder"] = True
    if _GENERAL_TAXPAYER.search(text):
        told["taxpayer_type"] = "general"
    elif _SMALL_TAXPAYER.search(text):
        told["taxpayer_type"] = "small_scale"
    group = next((name for name, words in _GROUPS.items() if words.search(text)), None)
    if group is not None:
        told["owner_group"] = group
    return told
