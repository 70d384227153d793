"""Recognises that what is spoken of is asked for another place and no more: 要是在阳谷呢."""

import re

LONGEST = 20

_ELSE = (
    "[搁放打算得准备哩咧滴要是如果假那换成我俺咱们人店家住现在就也想到去里的话这边"
    "办弄呢啊嘞吧，,。 ?？]*"
)
_WHERE = (
    "(?:(?:该|应该|又|上|找|往)*(?:哪[儿里]?|啥地方|什么地方|哪个地方)"
    "(?:办|弄|交|递|跑|找|问)?(?:理|这个|这事)?[啊呀呢嘞]?)?"
)
_REST = re.compile(f"{_ELSE}{_WHERE}[去里]?[办弄]?[，,。 ?？]*")
_ASKED = re.compile("哪|啥地方|什么地方")


def asks_elsewhere(text: str, place: str) -> bool:
    """Tell whether a text says no more than a place, and where there or 呢.

    Args:
        text: What was said.
        place: The name of the place in it.
    """
    rest = text.replace(place, "", 1).strip()
    return len(text) <= LONGEST and bool(rest) and _REST.fullmatch(rest) is not None


def asks_where(text: str) -> bool:
    """Tell whether it is asked where: 上哪弄."""
    return _ASKED.search(text) is not None
