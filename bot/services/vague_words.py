"""Hears who names nothing: 绿皮的小本本换新的怎么换, 啥？再说一回."""

import re

_VAGUE = re.compile(
    "[那这个的了吧呢啊呀嘛么不就还是也都先再本子张小大绿红蓝黑白皮证照手续批文件东西玩意儿换新旧老补续交办弄"
    "搞整怎咋样啥什哪它我俺你您给帮想要得该上下次回能去用找谁几天钱，,。？? ]+"
)
_PAPER = re.compile("本本|本子|小本|证|照(?!片)|手续|批文|东西|玩意")
_DONE = re.compile("[办弄换补续交搞整咋]|怎么|哪")

SHORTEST, LONGEST = 4, 18


def names_only_a_paper(text: str) -> bool:
    """Tell whether a text wants something done about a paper and says nothing of which."""
    is_short = SHORTEST <= len(text) <= LONGEST and _VAGUE.fullmatch(text) is not None
    return is_short and _PAPER.search(text) is not None and _DONE.search(text) is not None


_AGAIN = re.compile(
    "(?:[啥嗯哦啊呃]|什么|没[听看]清楚?|没听见|[，,。？? ])*(?:你|您|恁|麻烦|请|能|给我|给俺)*"
    "[再重](?:给我|给俺)?(?:说|讲|念|发)(?:一?[遍回次下])?(?:吧|呗|行不|行吗|好吗)?[?？。]*"
)


def asks_to_repeat(text: str) -> bool:
    """Tell whether a text only asks to hear it again: 啥？再说一回."""
    return len(text) <= LONGEST and _AGAIN.fullmatch(text.strip()) is not None
