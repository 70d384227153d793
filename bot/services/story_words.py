"""Recognises trouble that people tell, and doubt in us, whatever the model takes it for."""

import re

_ASKS = re.compile(
    r"[吗么嘛呢][?？。!！ ]*$|[?？]|多少|多久|几[天个点号]|啥|什么|咋|怎|哪|谁|"
    r"能不能|可不可以|可以不|是不是|要不要|用不用|有没有|行不行|中不中"
)
_TROUBLE = re.compile(
    r"[批办]不(下来|下|了)|下不来|[通装接]不[上了]|卡(着|在|住|了|死)|拖(着|了|到|拉|延)|推(来|诿|脱)|踢皮球|"
    r"没人(管|理|接|回|问)|不给(办|批|受理|盖|开|通|装)|不受理|不让(办|开|干|进)|退(回|了)|打回|"
    r"跑了.{0,4}[趟次回遍]|等了|催了|一直[没不]|还没(批|下|办|通|装|给|有)|迟迟|说是?缺|耽误|停工|"
    r"(都|已经|快).{0,4}(天|月|年|周|星期|礼拜)了|欠(着|我|俺)"
)

LONGEST_DOUBT = 20
_DOUBT = re.compile(
    r"(靠谱|正规|官方的?|正经|骗子|骗人的?|诈骗)(吗|么|不|吧)|是不是(骗|假|诈骗|官方)|真的假的"
)


def asks_something(text: str) -> bool:
    """Tell whether a text asks, rather than tells."""
    return _ASKS.search(text) is not None


def tells_trouble(text: str) -> bool:
    """Tell whether a text tells how something is held up: "施工许可批不下来"."""
    return _TROUBLE.search(text) is not None


def doubts_us(text: str) -> bool:
    """Tell whether somebody asks if this is genuine: "靠谱吗，是不是骗子"."""
    return len(text) <= LONGEST_DOUBT and _DOUBT.search(text) is not None
