"""Recognises that kinds of paper are compared or chosen between: 备案跟许可证有啥区别, 我是哪种.

No matter is named by them, nor a form of business.
"""

import re

LONGEST = 26
"""Signs; a longer text asks of more than the kinds."""

_KIND = "许可证?|备案|登记(?!表)|审批|核准|批准"
_BOTH = re.compile(
    "^(?:那个?|这个?|到底|究竟|是|我|俺|听说|想问|一下|问下|啥是|[，, ])*"
    f"(?P<one>{_KIND})(?:证|的|那个|那种|这种)?(?:和|跟|与|同|、|还是|或者?|要么)"
    f"(?:那个|这个|是|要|办)?(?P<other>{_KIND})"
)
_APART = re.compile(
    "区别|差别|不同|不一样|两样|一样|一回事|哪一?种|哪一?个|哪样|算哪|算啥|"
    "咋分|怎么?分|还是|之分|差在|差哪"
)
_NAMED = re.compile(
    "快|慢|便宜|省钱|省事|麻烦|贵|先|验收|消防|项目|环评|立项|审图|施工|规划|取水|排水|用地|工商|营业"
)
_WHICH = re.compile("哪一?种|哪一?个|哪样|算哪|算啥")
_BARE = re.compile(
    "(?:那|那么|这个?|哎|嗯|[，, ])*(?P<kind>备案|许可证?|登记|审批)"
    "(?:呢|咋弄|咋办|要不要|用不用)[?？]?"
)


def kinds_compared(text: str) -> tuple[str, str] | None:
    """Return the two kinds of paper that a text compares: 备案 and 许可; None for another text."""
    found = _BOTH.search(text) if len(text) <= LONGEST else None
    if found is None or _APART.search(text) is None or _NAMED.search(text) is not None:
        return None
    one, other = found["one"].removesuffix("证"), found["other"].removesuffix("证")
    return None if one == other else (one, other)


def asks_which_kind(text: str) -> bool:
    """Tell whether it is asked which of them one's own case is: 登记跟许可我是哪种."""
    return _WHICH.search(text) is not None


def bare_kind(text: str) -> str | None:
    """Return the kind of paper that is asked after and nothing else: 备案 of 那备案呢; or None."""
    found = _BARE.fullmatch(text)
    return None if found is None else found["kind"].removesuffix("证")
