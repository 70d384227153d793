"""Hears who speaks of a paper by nothing that names it: 绿皮的小本本换新的怎么换."""

import re

_VAGUE = re.compile(
    "[那这个的了吧呢啊呀嘛么不就还是也都先再本子儿张小大绿红蓝黑白皮证照手续批文件东西玩意儿换新旧老补续交办弄"
    "搞整怎咋样啥什哪它我俺你您给帮想要得该上下次回能去用找谁几天钱快到日期，,。？? ]+"
)
_PAPER = re.compile("本本|本子|小本|[那这]个?本儿?|证|照(?!片)|手续|批文|东西|玩意")
_DONE = re.compile("[办弄换补续交搞整咋]|怎么|哪")

SHORTEST, LONGEST = 4, 18


def names_only_a_paper(text: str) -> bool:
    """Tell whether a text wants something done about a paper and says nothing of which."""
    is_short = SHORTEST <= len(text) <= LONGEST and _VAGUE.fullmatch(text) is not None
    return is_short and _PAPER.search(text) is not None and _DONE.search(text) is not None
