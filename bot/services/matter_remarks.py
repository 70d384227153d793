"""Recognises questions that a hall, and no matter, answers."""

import re

LONGEST = 16
"""Characters; a longer text speaks of more than the hall."""

_HALL = re.compile("大厅|政务(服务)?中心|便民(服务)?中心|办事(服务)?中心")
_LICENCE = re.compile(
    r"^(?:我|俺|想|要|问|办|请问|那|个|张|这个|新)*(?P<name>[^，,。？?\s]{2,10}?(?:许可证|资格证|合格证|准运证|登记证|备案证|许可|证书|证))"
    r"(?:去哪|在哪|怎么|咋|要|都|多|几|的|收|谁|找|需|是|能|啥|什么|哪|如何|呢|$|[，,。？?\s])"
)


def licence_name(text: str) -> str | None:
    """Return the name of a licence with which a text begins ("动物防疫证去哪办"), None for none."""
    found = _LICENCE.search(text)
    return None if found is None else found["name"]


def asks_for_hall(text: str) -> bool:
    """Tell whether the hall itself is asked for: "临清大厅在哪"."""
    return len(text) <= LONGEST and _HALL.search(text) is not None
