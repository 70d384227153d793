"""Recognises what is said of a booking beside its day and time."""

import re

_ANEW = re.compile(
    "(?:重新|再|另|另外|从头|干脆|直接)(?:给我|给俺|帮我)?(?:预)?约(?:个|一个|一次|一位|一回)(?!时间|时候|日子|点)|"
    "重约(?:个|一个)|(?:预)?约(?:个|一个)新的"
)


def books_anew(text: str) -> bool:
    """Tell whether another booking is wanted instead of an old one: 号没了 重新约一个得了."""
    return _ANEW.search(text) is not None


def asks_hours(text: str) -> bool:
    """Tell whether a text asks when one can come, and does not only choose a time."""
    return re.search("[几吗么啥?？]|什么|[上下]班|[开关]门|办公|营业|[行中成]不", text) is not None


def cancels_again(text: str) -> bool:
    """Tell whether it is said once more that a booking is to be cancelled: 嗯 取消吧."""
    is_said = re.search("取消|退了|不约了", text) is not None
    is_denied = re.search("[不别甭][^，,。]{0,2}取消|先别|先不|[吗么?？]$", text) is not None
    return is_said and not is_denied
