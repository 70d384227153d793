"""Tells whether a clause names a town or street office: 堂邑的, 在烟店那边."""

import re

_END = re.compile("(?:街道|镇|乡)$")

_AROUND = (
    "(?:就|也|都|店|家|人|房子|我|俺|咱|们|住|开|设|租|在|是)*(?:聊城)?{name}"
    "(?:街道|镇|乡|办事处|大集)?(?:上|里|村)?(?:[这那](?:边|里|儿|块)?)?(?:的|呢|吧|啊)?"
)
"""What may stand around the short name of a town where nothing else is told."""

LIKE_WORDS = frozenset(
    {"七级", "东城", "人和", "北城", "古城", "大桥", "安乐", "崇文", "振兴", "新区", "新城", "西湖"}
)
"""Short names that are common words as well: only the whole name tells them."""

SHORTEST = 2
"""Signs of a short name that can be told by itself."""

OF_A_FIRM = ("公司", "厂", "店", "厅")
"""Ends what only has the name of a town in it."""


def short_name(town: str) -> str:
    """Return a town's name without its kind: 堂邑 of 堂邑镇."""
    return _END.sub("", town)


def names_town(part: str, town: str) -> bool:
    """Tell whether a clause names a town, by its whole name, or by the short one alone."""
    short = short_name(town)
    if town != short and town in part and not part.endswith(OF_A_FIRM):
        return True
    if short not in part or len(short) < SHORTEST or short in LIKE_WORDS:
        return False
    return re.fullmatch(_AROUND.format(name=short), part) is not None
