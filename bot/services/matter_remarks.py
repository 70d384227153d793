"""Recognises questions that a hall, and no matter, answers."""

import re

LONGEST = 16
"""Characters; a longer text speaks of more than the hall."""

_HALL = re.compile("大厅|政务(服务)?中心|便民(服务)?中心|办事(服务)?中心")
_LICENCE = re.compile(
    r"^(?:我|俺|想|要|问|办|请问|那|个|张|这个|新)*(?P<name>[^，,。？?\s]{2,10}?(?:许可证|资格证|合格证|准运证|登记证|备案证|许可|证书|证))"
    r"(?:去哪|在哪|怎么|咋|要|都|多|几|的|收|谁|找|需|是|能|啥|什么|哪|如何|呢|$|[，,。？?\s])"
)


_LOST = re.compile(
    r"(丢|掉|坏|撕|烧|毁|遗失|损毁|弄没|找不到|找不着|不见)了?[，,。 ]*(该|要|可|又)?"
    r"(咋|怎么|怎样|如何|啥)(办|弄|整|补|搞|处理)"
)


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
