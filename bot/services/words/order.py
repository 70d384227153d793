"""Recognises what is asked of the order of a plan's steps: what comes before one, what waits."""

import re

_BEFORE_THING = re.compile(
    "(?:哪|啥|什么)[^，,。]{0,8}在(?P<thing>[^，,。]{2,7}?)(?:的|那个?|这个?|[那这]张|[那这]边|证)*"
    "(?:之|以)?前(?:头|面|边)?|"
    "(?P<first>[^，,。]{2,7}?)(?:的|那个?|这个?|[那这]张|[那这]边|证)*(?:之|以)?前(?:头|面|边)?"
    "(?:还|都)?(?:得|要|该|需要?|必须)(?:先)?[^，,。备交带]{0,3}(?:哪|啥|什么)(?!材料|资料|东西|钱|费|条件)"
)
_WAITS_FOR = re.compile(
    "等(?P<thing>[^，,。]{2,8}?)(?:的|那个?|这个?|[那这]张|[那这]边|证)*(?:先|都)?"
    "(?:拿|办|批|下|弄|过|验|查)[^，,。]{0,6}(?:才|再|之后|以后)"
)


def thing_before_which(text: str) -> str | None:
    """Return the thing of which it is asked what comes before it; None for another text.

    公安 of "哪个得在公安那个前头办".
    """
    found = _BEFORE_THING.search(text)
    return None if found is None else found["thing"] or found["first"]


def thing_waited_for(text: str) -> str | None:
    """Return what another thing may have to wait for: 消防 of 它得等消防的拿到手才能办."""
    found = _WAITS_FOR.search(text)
    return None if found is None else found["thing"]
