"""Finds the term whose meaning a text asks for: 招拍挂 of 那招拍挂是啥意思."""

import re

_LEAD = "(?:那个?|这个?|这里的?|上面的?|您?你?(?:刚才?)?说的|什么|请问|我想问|[啊哦嗯，, ])*"
_TERM = "(?P<term>[^，,。？?！! 是叫指啥什么嘛的啊呀呢]{2,12})"
_ASKS = "(?:啥|什么|嘛)"
_PATTERNS = (
    re.compile(
        f"^{_LEAD}{_TERM}的?(?:是|叫|指)(?:个)?{_ASKS}(?:意思|东西|玩意儿?|呢|啊|呀|来着)*[？? ]*"
    ),
    re.compile(f"^{_LEAD}{_TERM}的?(?:到底)?(?:有)?{_ASKS}意思"),
    re.compile(f"(?:{_ASKS})(?:叫|是)(?:个(?!体))?{_TERM}"),
    re.compile(
        f"^{_LEAD}{_TERM}[？?，, ]+(?:我|俺)?(?:没听说过|没听过|不懂|不明白|头一回听|"
        f"第一次听)?[，, ]*{_ASKS}(?:意思|东西)"
    ),
)
_NO_TERM = re.compile(
    "(?:啊|呀|呢|吧|了|这|那|个|我|俺|你|您|都|还|到底|究竟|这话|这句|这句话|问的|意思|选项|问题|"
    "前面|后面|两个|第.个)*"
)


def shares_words(term: str, text: str) -> bool:
    """Tell whether two signs of a term that stand together stand in a text as well."""
    return any(term[at : at + 2] in text for at in range(len(term) - 1))


def term_asked(text: str) -> str | None:
    """Return the term whose meaning a text asks for by name; None where it names none."""
    found = (words.search(text.strip()) for words in _PATTERNS)
    term = next((one["term"] for one in found if one), None)
    return None if term is None or _NO_TERM.fullmatch(term) else term
