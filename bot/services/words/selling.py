"""Reads whether it is asked if something may be sold: 啤酒能卖不, 店里卖点烟花行不."""

import re

LONGEST = 30
"""Signs of such a question; a longer text tells a story."""

_SOLD = "(?:卖|售|摆|搁|进货|经营|批发)"
_MAY = "(?:能|可以|可|让|准|许|得)"
_ASKED = re.compile(
    f"{_MAY}[^，,。]{{0,4}}{_SOLD}[^，,。]{{0,12}}(?:[不吗么嘛没吧]|[?？]|$)"
    f"|{_SOLD}[^，,。]{{0,14}}[，,]?(?:行|中|成|可以|允许|违法|犯法|合法)(?:不|吗|么|嘛|没|吧|[?？])"
    f"|{_SOLD}[^，,。]{{0,14}}[，,]?(?:还|也|都)?(?:要|得|需要|用)(?:不要|不用)?"
    "[^，,。]{0,6}(?:证|手续|许可|备案|办)"
    f"|{_SOLD}[^，,。]{{0,14}}(?:算不算|有没有)"
)
_OTHER = re.compile(
    "罚|多少钱|几天|多久|材料|在哪|去哪|哪里|谁管|进货|学校|小学|幼儿园|未成年|(?<!光)盘|转让|公司名"
)
"""Asks something else of it."""


def asks_to_sell(text: str) -> bool:
    """Tell whether a text asks if something may be sold, or what that wants."""
    is_short = len(text) <= LONGEST
    return is_short and _ASKED.search(text) is not None and _OTHER.search(text) is None
