"""How people ask what a word of the field means, or how two of them differ.

The words themselves are found before (`bot/services/finding/term_finder.py`) and stand here as one
sign each, so that a longer name (标准地证) or another question (标准地几天) fits nothing. What
stands before, between and behind them is eaten word by word: no expression here repeats a choice.
"""

import re
from collections.abc import Sequence
from enum import Enum

MARK = "\ue000"
"""Stands for a term in a text that is read here."""


class TermQuestion(Enum):
    """What is asked of the terms of a text."""

    MEANING = "meaning"
    DIFFERENCE = "difference"
    DIFFERENCE_TO_LAST = "difference_to_last"
    """To the term that was just explained: 跟划拨有啥区别."""
    WHICH = "which"
    """Which of two one is oneself: 我是小规模还是一般纳税人."""
    NEXT = "next"
    """Only another term, behind one that was just explained: 那划拨呢."""


_LEAD = re.compile(
    "请问|想|问|打听|[一]?[下句]|您好|你好|你们|您|你|恁|顺便|另外|还有|再|对了|老师|师傅|同志|哎呀?|"
    "诶|欸|咦|啊|额|嗯|哦|噢|等等|先|那|这|个|我们|俺们|咱们|我|俺|咱|就|到底|究竟|所谓|的|"
    "他们|他|窗口|人家|会计|[上里前][面头边]|表上|单子上|清单上|刚才|刚|老是|老|都|说|写|讲|提|列|着|到"
)
"""One word that may stand before the question: 你说的那个, 上面写的."""

_WHO = re.compile(
    "公司|店|厂|项目|情况|种|家|该|应该|要|得|是不是|是|算|属于|走|做|办|编|用|叫|填|选"
)
"""One more of these, where it is asked which of two one is: 俺这公司算."""

_JOIN = re.compile("(?:和|跟|与|同|还有|以及|还是|或者?|比|vs)?")
_WHAT = (
    "(?:就?是指?|叫|指的?是?|讲|说的?是?|算|代表)?个?(?:啥|什么|嘛|何|神马|甚)(?:子|样)?的?"
    "(?:意思|含义|东西|玩意儿?|说法|概念|定义|来的|讲究|名堂|意义|词儿?|情况|事儿?)?的?|"
    "(?:是(?:用来|拿来)?(?:干|做|弄|搞)(?:啥|什么|嘛|吗)|(?:干|做|弄|搞)(?:啥|什么|嘛|吗)(?:用|使|的))的?|"
    "是?有(?:啥|什么)(?:用处?|作用|意思|含义)|"
    "是?(?:咋|怎么|怎)个?(?:回事儿?|理解|解释|意思|讲法?)|"
    "是?哪个?意思|的?(?:含义|定义)"
)
_UNKNOWN = (
    "(?:还|真|也|都|从来?)?没(?:有)?(?:听说过?|听过|听懂|见过|弄懂|搞懂|整明白|弄明白|看懂|接触过|懂)|"
    "(?:头一?[回次]|第一[回次])(?:听说?|见)|"
    "[听看搞弄整]?不[太大很]?(?:懂|明白|了解)|"
    "(?:不知道|不晓得|不清楚)是?(?:啥|什么)(?:意思|东西)?"
)
_EXPLAIN = "[给帮跟]?[我俺咱]?(?:解释|讲讲|说说|讲一?下|说一?下|说道说道|科普)(?:一?下|一遍)?"
_ASKED = re.compile(f"{_WHAT}|{_UNKNOWN}|{_EXPLAIN}")
"""What asks for a meaning behind a term, or a part of it."""

_FRONT = re.compile(
    f"(?:{_UNKNOWN}|{_EXPLAIN})?(?:啥|什么|何|嘛)(?:叫做?|是|谓|为|算)个?(?:所谓的?)?|"
    f"(?:{_UNKNOWN}|{_EXPLAIN})(?:啥|什么)?[是叫]?"
)
"""What asks for it in front of the term: 啥叫, 没听说过."""

_BESIDE = re.compile(
    "这个?词儿?|[这那](?:个|东西|玩意儿?)?|[俩两几三四]个?[字词]?|的话|它|又|具体|到底|究竟|其实|主要|一般|"
    "分别|各自?|都|有人|[啊呀呢哦喔嘛哈哇咧么吧捏啦了来着我俺呗]"
)
"""One word that says nothing beside them."""

_BETWEEN = re.compile(
    "他俩|这俩|两者|[它俩两个]|之间|中间|到底|究竟|具体|都|有|的|又|差(?!别|在?哪)|在"
)
_DIFFER = re.compile(
    "是?(?:啥|什么|哪些?|多大|何)?(?:区别|差别|不同|不一样|两样|分别|差异|区分|关系)"
    "(?:在哪儿?里?|是啥|是什么|有?多大|大|啥)?|"
    "(?:啥|什么)(?:地方|方面)(?:不一样|不同)|差在?哪[里儿]?|哪[里儿点]?(?:不同|不一样)|"
    "(?:咋|怎么|如何)(?:区分|区别|分辨|分别|分|不一样|不同)[开清]?的?|"
    "(?:是不是|不是|算不算|就?是|算|属于|等于)?都?"
    "(?:一样|一回事儿?|一个意思|一个东西|同一个|同一种|一码事|一个概念|一种|一个)(?:的|东西|事儿?|意思)?|"
    "(?:我|俺|老是?|总是?)?(?:分不清|搞不清|弄不清|搞混|弄混|整混)楚?"
)
_MIXED = re.compile(
    "(?:我|俺|老是?|总是?)?(?:分不清|搞不清|弄不清|搞混|弄混)楚?|说一?[下说]|解释一?下"
)
_END = re.compile("[啊呀呢哦喔嘛哈哇咧么吧捏啦了来着不吗的是]")
_IS = re.compile("(?:就?是|算|等于|是不是就?是?|算不算|不是|也叫|就叫|不就是|属于)")
_OPEN = re.compile("是不是|算不算|不是|不就是")
_OR = re.compile("[呢啊]?还是(?:算|是|叫|属于|走|做|办|编)?")
_ASKS_YES = re.compile("[吗么吧嘛不]")
_WITH = re.compile("[和跟与同比]")
_OWN = re.compile("[我俺咱这那]")
_ONESELF = re.compile("[我俺咱]")
_ONE_IS = re.compile("(?:不?就是|是不是|是|算|等于|叫)")
_AND = re.compile("[呢咧]啊?")


def asked_of_terms(masked: str) -> TermQuestion | None:
    """Return what is asked of the terms of a text, None when something else is.

    O(length): each part is eaten once.

    Args:
        masked: The text without blanks and marks of punctuation, a `MARK` for each term.
    """
    before, *between, behind = masked.split(MARK)
    front = _eaten(_LEAD, before)
    if _asks_difference(front, between, behind):
        return TermQuestion.DIFFERENCE
    if len(between) == 1 and _asks_which(before, front, between[0], behind):
        return TermQuestion.WHICH
    is_joined = all(map(_JOIN.fullmatch, between))
    if is_joined and _asks_meaning(front, behind):
        return TermQuestion.MEANING
    if between:
        return None
    is_yes = _ONE_IS.fullmatch(front) is not None and _ONESELF.search(before) is None
    is_yes &= _ASKS_YES.search(behind) is not None and not _eaten(_END, behind)
    if is_yes or (_WITH.fullmatch(front) and _differs(behind)):
        return TermQuestion.DIFFERENCE_TO_LAST
    return TermQuestion.NEXT if not front and _AND.fullmatch(behind) else None


def _asks_meaning(front: str, behind: str) -> bool:
    """Tell whether a meaning is asked for: in front of the term, or behind it."""
    rest, is_asked = behind, False
    while rest:
        found = _ASKED.match(rest) or _BESIDE.match(rest)
        if found is None or not found.end():
            return False
        is_asked |= found.re is _ASKED
        rest = rest[found.end() :]
    return is_asked if not front else _FRONT.fullmatch(front) is not None


def _asks_difference(front: str, between: Sequence[str], behind: str) -> bool:
    """Tell whether two terms or more are held against each other."""
    if not between:
        return False
    ends = not _eaten(_END, behind)
    if all(map(_JOIN.fullmatch, between)):
        is_mixed = _MIXED.fullmatch(front) is not None
        if (is_mixed and ends and "清" in front) or ((not front or is_mixed) and _differs(behind)):
            return True
    if len(between) > 1 or not ends:
        return False
    if not front and _IS.fullmatch(between[0]):
        asks_so = _OPEN.match(between[0]) or _ASKS_YES.search(behind)
        return asks_so is not None  # 划拨就是出让吗
    return False


def _asks_which(before: str, front: str, between: str, behind: str) -> bool:
    """Tell whether it is asked which of two terms one is oneself: 俺这公司算."""
    is_own = _OWN.search(before) is not None and not _eaten(_WHO, front)
    return is_own and not _eaten(_END, behind) and _OR.fullmatch(between) is not None


def _differs(behind: str) -> bool:
    """Tell whether what stands behind two terms asks how they differ."""
    for start in (behind, _eaten(_BETWEEN, behind)):
        found = _DIFFER.match(start)
        if found is not None and not _eaten(_END, start[found.end() :]):
            return True
    return False


def _eaten(words: re.Pattern[str], text: str) -> str:
    """Return what is left of a text when words are taken from its front."""
    while (found := words.match(text)) is not None and found.end():
        text = text[found.end() :]
    return text
