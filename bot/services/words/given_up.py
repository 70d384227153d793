"""Reads that a business is given up, and that who struggles only asks for help."""

import re

from bot.services.words.policy_remarks import speaks_of_benefit, speaks_of_loan

_STRUGGLES = re.compile(
    "(?:撑|扛|顶|熬|挺|坚持|维持|支撑|经营)不(?:住|下去|起|了)(?=[了啦， ,。]|$)"
)
_SAYS_SO = re.compile(
    "开不起了|不做了(?=[，,。 ]|$)|"
    "不(?:打算|准备|愿意?|乐意|想)(?:再|接着|继续)*(?:开|干|做|弄|办|搞|经营)了|"
    "不想(?:再|接着|继续)+(?:开|干)|"
    "照[^，,。？? ]{0,3}(?:咋|怎么|如何|去哪里?|上哪|要|想|给|能)(?:去哪?)?"
    "(?:销|注(?!册)|消)(?:[掉了]|户)?(?=[，,。？? ]|$)|"
    "(?:想|要|去|得|给)(?:销户|注掉|消户)"
)
"""Says in other words that a business is given up: 不打算开了, 照咋销."""
_BUSINESS = re.compile(
    "店|铺|馆|厂|公司|生意|买卖|照|关[了门掉张店]|[注]销|不干|退租|摊|超市|户|企业"
)
"""Speaks of a business, or of its end."""
_THING = re.compile(
    "(?:门头|牌子?|货?架子?|墙|梁|顶|楼板|厂房|棚子?|身体|身子|腰|腿|机器|机床|设备|[货叉吊汽轿]车)"
    "[^，,。 ]{0,4}(?:撑|扛|顶|熬|挺|支撑|干|开|弄)不"
)
"""Says of a thing or a body that it does not hold, or run: 门头撑不住了, 机器开不动了."""


def gives_business_up(text: str) -> bool:
    """Tell whether a text says that a business is given up: 店撑不住了, 照咋销."""
    if _SAYS_SO.search(text) is not None:
        return True
    is_meant = _STRUGGLES.search(text) is not None and _BUSINESS.search(text) is not None
    return is_meant and not only_struggles(text)


def only_struggles(text: str) -> bool:
    """Tell whether who says 撑不住了 or 干不动了 wants money or help, or tells of a thing."""
    wants_help = speaks_of_benefit(text) or speaks_of_loan(text) or "政策" in text
    return wants_help or _THING.search(text) is not None


def is_struggle(name: str) -> bool:
    """Tell whether a name of an end says that one can do no more: 干不动, 撑不下去."""
    return re.search("不(?:动|下去)$", name) is not None
