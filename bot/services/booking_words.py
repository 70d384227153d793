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


_CANCELS = re.compile(
    "(?:嗯|对|是|行|好|中|那|就|都)*[，, ]*(?:我|俺)?(?:确认|确定|要|给我|帮我)?(?:把?它|预约)?"
    "(?:取消|退了|不约了)(?:它|预约|吧|了|掉)*"
)


def cancels_again(text: str) -> bool:
    """Tell whether it is said once more that a booking is to be cancelled: 嗯 取消吧."""
    return _CANCELS.fullmatch(text.strip("。.!！~ ")) is not None
