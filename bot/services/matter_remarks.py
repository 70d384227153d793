"""Recognises questions that a hall, and no matter, answers."""

import re

LONGEST = 16
"""Characters; a longer text speaks of more than the hall."""

LONGEST_WISH = 30
"""Characters; a longer text tells a story beside what it asks."""

_HALL = re.compile("大厅|政务(服务)?中心|便民(服务)?中心|办事(服务)?中心")
_LICENCE = re.compile(
    r"^(?:我|俺|想|要|问|办|请问|那|个|张|这个|新)*(?P<name>[^，,。？?\s]{2,10}?(?:许可证|资格证|合格证|准运证|登记证|备案证|许可|证书|证))"
    r"(?:去哪|在哪|怎么|咋|要|都|多|几|的|收|谁|找|需|是|能|啥|什么|哪|如何|呢|$|[，,。？?\s])"
)


_LOST = re.compile(
    r"(丢|掉|坏|撕|烧|毁|遗失|损毁|弄没|找不到|找不着|不见)了?[，,。 ]*(该|要|可|又)?"
    r"(咋|怎么|怎样|如何|啥)(办|弄|整|补|搞|处理)"
)

_NEEDED = re.compile(
    r"(要不要|用不用|需不需要|必不必须|得不得|是不是(还|也)?(要|得|需要|必须))|"
    r"(要|用|需要?|得|必须|一定得|免不了)(先|再|另外|单独)?(去)?(办|有|拿|考|弄|备)?[^，,。？?]{0,12}?(吗|嘛|不|么|没|吧)[?？]?$"
)
_FOR_LICENCE = re.compile(
    r"(是不是|要不要|用不用|需不需要|得不得)[^，,。]{0,8}?(证|许可|手续|备案|审批|批文)|"
    r"(要|得|需要?)[^，,。多几]{0,4}?(啥|什么|哪些?|别的)[^，,。]{0,4}?(证|许可|手续|备案|审批|批文)|"
    r"(要|得|需要?)[^，,。多几]{0,6}?(证|许可|手续|备案|审批|批文)(吗|嘛|不|么)"
)
_THAT_LICENCE = re.compile(
    r"^(那|对了|还有|另外|[，, ])*(?P<name>[^，,。那这哪]{2,8}?)(那|这)个?(证|许可证?|照)(?![明])"
)
_LATER = re.compile(
    r"(后|以后|后头|后面|回头|晚点|之后|过后|往后|事后|随后)(再|能|可以)?(补|交|拿)|(先|能)(收|受理|办|递|交)|缓(一缓|几天|交)|容缺"
)
_NOT_NEEDED = re.compile("钱|费|押金|多少|多久|几|哪|啥|什么|怎么|咋")


def asks_whether_needed(text: str) -> bool:
    """Tell whether it is asked if something is needed at all: "那健康证要不要办"."""
    is_short = len(text) <= LONGEST
    return is_short and _NEEDED.search(text) is not None and not _NOT_NEEDED.search(text)


def asks_for_licence(text: str) -> bool:
    """Tell whether it is asked which licence something wants: "卖书是不是还要一个什么许可证"."""
    return len(text) <= LONGEST_WISH and _FOR_LICENCE.search(text) is not None


def that_licence(text: str) -> str | None:
    """Return the licence that a text points at: 农药证 in "农药那个证得多少天"; None for none."""
    found = _THAT_LICENCE.match(text)
    return None if found is None else f"{found['name']}证"


def hands_in_later(text: str) -> bool:
    """Tell whether something is to be handed in later, or accepted without it for now."""
    return _LATER.search(text) is not None


def asks_after_loss(text: str) -> bool:
    """Tell whether it is asked what to do about a thing that is lost: "公章丢了咋办"."""
    return _LOST.search(text) is not None


def licence_name(text: str) -> str | None:
    """Return the name of a licence with which a text begins ("动物防疫证去哪办"), None for none."""
    found = _LICENCE.search(text)
    return None if found is None else found["name"]


def asks_for_hall(text: str) -> bool:
    """Tell whether the hall itself is asked for: "临清大厅在哪"."""
    return len(text) <= LONGEST and _HALL.search(text) is not None
