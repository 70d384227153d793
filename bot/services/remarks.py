"""Recognises short remarks that steer a conversation, whatever the model takes them for."""

import re

LONGEST_REMARK = 20
"""Characters; a longer text tells a story and is not taken for a remark."""

_MEANING = re.compile(
    r"区别|差别|有(啥|什么|何)(不同|不一样)|怎么选|咋选|选哪|哪个好|哪种好|(啥|什么|嘛)意思|"
    r"是(啥|什么)(东西)?$|(啥|什么)(叫|是)|不懂|看不明白|解释|咋回事"
)
_CORRECTION = re.compile(
    r"不对|[说选填写弄搞打]错|错了|改成|改为|改到|改一下|换成|应该是|更正|记错|不是.+[，,]?(而)?是"
)
_REST = re.compile(
    r"(剩下|其余|其他|后面|余下|下面|剩余).{0,4}(不知道|不清楚|跳过|按常见|常见|默认|都行|不用问|别问)|"
    r"(都|全)(不知道|不清楚|按常见|跳过|默认)|你看着(办|弄|来)|按常见的?来?就?行?$|别问了|不用问了"
)


def asks_meaning(text: str) -> bool:
    """Tell whether the open question or its options are to be explained."""
    return len(text) <= LONGEST_REMARK and _MEANING.search(text) is not None


def is_correction(text: str) -> bool:
    """Tell whether something said before is taken back."""
    return _CORRECTION.search(text) is not None


def skips_the_rest(text: str) -> bool:
    """Tell whether no more questions are wanted."""
    return len(text) <= LONGEST_REMARK and _REST.search(text) is not None


def clauses(text: str) -> list[str]:
    """Return the parts of a sentence between its commas and blanks."""
    return [part for part in re.split(r"[，,。；;！!？?\s]+", text) if part]
