"""Reads from two sums whether a registered capital is to be raised or lowered."""

import re

from bot.services.reading.numerals import NotANumber, read_number

_SUM = r"[\d.一二三四五六七八九十百千两]+(?:万|亿)"
_TO = "(?:[改变换调降减缩增加提][到成至为]|调整|增加|提高)"
_CHANGED = re.compile(
    f"(?:注册资[本金]|认缴|实缴)[^，,。？?]{{0,10}}?(?P<was>{_SUM})"
    f"[^？?]{{0,16}}?{_TO}到?(?P<now>{_SUM})"
)


def lowers_capital(text: str) -> bool | None:
    """Tell whether a capital is to be less than it was, False for more, None for neither.

    "认缴一百万 现在想改成十万" names no direction.
    """
    found = _CHANGED.search(text)
    if found is None:
        return None
    try:
        was, now = read_number(found["was"]), read_number(found["now"])
    except NotANumber:
        return None
    return None if was == now else now < was
