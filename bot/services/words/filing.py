"""Reads that an offer to file is taken up, and that it is asked where what was filed is now."""

import re

LONGEST_QUESTION = 16
"""Characters; a longer text asks about more than where it is."""

_TAKES_OFFER = re.compile(
    "(?:[那就行中好成嗯对快请我俺咱你您恁要想得先再给帮替把这事他她它们，, ]|"
    "可以|还是|赶紧|麻烦|必须)*"
    "(?:(?P<whistle>吹(?:个|一下|一个|吹)?哨?|派单?)|"
    "(?P<complaint>投诉|投(?!资)|告(?!诉)|反映|举报|登记|登|记(?!住|得)|写上|报上去))"
    "(?:[个下上他她它们吧呗了啊呀去得行中单]|一下|一状)*"
)
"""The whole of a text that takes up an offer to file what was told."""


def takes_offer_to_file(text: str) -> str | None:
    """Return the intent of filing that a text takes up which was just offered it; or None.

    "中 那就吹" wants a whistle, "给我记上" a complaint.
    """
    found = _TAKES_OFFER.fullmatch(text.strip(" 。！!"))
    if found is None:
        return None
    return "blow_whistle" if found["whistle"] else "complain"


_ANNOUNCES = re.compile("^(?:我|俺|那|先|还)*(?:要|想)(?:投诉|举报|吹(?:个)?哨|反映)")
_BLAMES = re.compile("(?:态度|服务)[^，,。]{0,4}(?:差|坏|恶劣|不好|不行|不咋|蛮横|冷淡|生硬)")


def announces_filing(text: str) -> bool:
    """Tell whether a text says that it complains, or blows the whistle: 我要投诉三号窗口骂人."""
    return _ANNOUNCES.match(text) is not None


def blames_service(text: str) -> bool:
    """Tell whether a text blames how somebody was served: 那个姑娘态度不好."""
    return _BLAMES.search(text) is not None


_WHERE_SENT = re.compile(
    "派单?(?:到|给)了?[谁哪]|[转分]单?(?:到|给)(?:了[谁哪]|[谁哪][^，,。]{0,5}了)|"
    "(?:到|在)谁(?:手[里上]|那[里儿]?|那边)|"
    "谁(?:在|给|来)?(?:接(?![水电气网暖])|盯|跟)[的着了单]?[^，,。]{0,3}$|"
    "单子?[^，,。]{0,3}谁(?:在|给|来)?[办管]|谁(?:在|给|来)?[办管][^，,。]{0,3}单|"
    "(?:走|办|弄|处理)到哪(?:一?步|了|儿)|(?:有|没)(?:信|消息|音信|回音|人接|人管|动静)(?:了|没|吗|不)"
)


def asks_where_sent(text: str) -> bool:
    """Tell whether it is asked where what was filed is now: 这会儿派到谁手里了."""
    return len(text) <= LONGEST_QUESTION and _WHERE_SENT.search(text) is not None


_MISSING = re.compile(
    "[缺少](?:什么|啥|哪|几)|[缺差少补改](?:的|正|交|材料|是)|[缺差少][点些个]|[差补改]了[点些]?(?:什么|啥|哪|几)|"
    "^(?:那|我|俺|还|得|要|到底|都|[，, ])*[差补改][点些个]?(?:什么|啥|哪[些样个])[呢啊呀?？]*$|"
    "差几[样份项]|(?:啥|什么|哪)[^，,。]{0,4}(?:没交|不对|不全|不合格|有问题|要补)|"
    "为(?:啥|什么)[^，,。]{0,4}(?:退|补正|打回)"
)


def asks_what_is_missing(text: str) -> bool:
    """Tell whether it is asked, of a case that was handed in, what is wrong with it: 那缺的是啥."""
    return len(text) <= LONGEST_QUESTION and _MISSING.search(text) is not None
