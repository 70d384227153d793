"""Tells whether a text plainly tells how things stand: 都在家发货, 一台石磨一个炒锅.

What is told so and answers no question is taken note of, and not refused.
"""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import is_babble

SHORTEST, LONGEST = 4, 40
"""Signs of such a text."""

_COUNTED = re.compile(
    "(?:\\d+|[一二两三四五六七八九十百几俩仨半]+)(?:来|多)?"
    "(?:[台个张间层亩口辆套头只条块家户米吨斤桶床桌车单份把组排栋平万千]|公里|平方|年|个?月|天)"
)
_WHERE = re.compile(
    "(?:就|都|全)?在(?!线|吗|不)[^，,。]{1,8}(?:家|店|院|村|屋|楼|市场|商场|街|路|县|里|上|边|干|"
    "弄|做|卖|发货)|"
    "自家|自己家|家里|院里|村[里头口边]|租的|买的|借的|老房子|门头|承包"
)
_WHO = re.compile(
    "(?:就|光|只|都是|还有)?(?:[我俺咱]|[他她](?!说)|媳妇|对象|老公|爹|爸|妈|娘|弟|妹|哥|姐|闺女|"
    "儿子|孩子|两口子|夫妻)"
    "[^，,。]{0,10}(?:[跟和还会有没干做弄管帮来去学卖]|一块|一起)"
)
_STATE = re.compile(
    "(?:^|[，, ])(?:就|都|光|只|还|也|本来|原来|现在|暂时|主要|平时)(?:是)?[^，,。]{2,}|"
    "[^，,。]{2,}(?:那种|这种|的|了|着)(?:$|[，, ])|没(?:有)?[^，,。没]{1,6}(?:$|[，, ])"
)
_NO_FACT = re.compile(
    "^(?:不知道|不清楚|不晓得|随便|都行|都可以|差不多|一般|看着办|你看|就这样|就那样|好的|行的|"
    "知道了|明白了|算了|不要了)|"
    "[你您恁]|听不懂|看不懂|没听懂|啥也|废话|真的$|烦|哪"
)


def tells_fact(text: str) -> bool:
    """Tell whether a text tells how things stand, and neither asks nor gives up."""
    is_long = SHORTEST <= len(text) <= LONGEST
    if not is_long or asks(text) or is_babble(text) or _NO_FACT.search(text):
        return False
    return any(one.search(text) for one in (_COUNTED, _WHERE, _WHO, _STATE))
