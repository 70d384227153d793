"""Recognises a question that names a trade and says nothing else of it: 养老院咋办, 开花店需要什么.

It means no single licence, but all that the trade wants.
"""

import re

LONGEST = 24
"""Characters; in a longer text the expression below would try too many ways of cutting it."""

_PLAIN = re.compile(
    "(请问|问|咨询|打听|我们?|俺们?|咱们?|想|准备|打算|开|办理?|弄|搞|做|跑|走|个|家|间|一|下|都|得|该|要|"
    "申请|申办|审批|报批|注册|登记|成立|需|怎么|咋|如何|啥|什么|哪些|几|样|证件|证|执照|照|手续|材料|资料|东西|文件|流程|步骤|程序|"
    "齐|全|带|备|有|的(?!证)|了|呢|啊|吗|嘛|呀|吧|整|呗|哈|店|铺|是|先|[\\s,，。.?？!！~])*"
)


def is_bare(text: str, trade: str) -> bool:
    """Tell whether a text says no more than a trade and that it is asked about.

    Args:
        text: The message.
        trade: The words of it that name the trade.
    """
    before, named, after = text.partition(trade)
    return len(text) <= LONGEST and bool(named) and all(map(_PLAIN.fullmatch, (before, after)))
