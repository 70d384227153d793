"""Reads that a business is to be in another place than was told: 不在临清了 场子找到东阿去了."""

import re

_BEFORE = re.compile("(?:不|没|甭|别)(?:是|在|去|到|上|选|放|开到?|开在|往|办|设在?|定在?|租|搁)+$")
_BEHIND = re.compile(
    "(?:市|县|区|那边|那块|这边|的|那个?)*(?:也|就|又)?"
    "(?:(?:不|没)(?:去|干|开|办|弄|要|租|行|中|成|合适|谈成|谈妥|租成|在)(?:那边?|那儿)?了|"
    "黄了|算了|那边?(?:黄|不行|没谈成)了?|(?:是)?(?:我|俺)?(?:弄|说|写|填|选|记|讲|报|打|搞)(?:错|岔|反)了)"
)
_MOVED = re.compile("(?:找|挪|换|改|搬|移|定|选|租|落|放|开|迁)(?:到|在|去|成|进)(?:了)?$")
_DONE = re.compile(
    "(?:市|县|区|那边|那块|这边|城里|开发区)*(?:去了|来了|去吧|了|吧|去|那边?)?(?:$|[，,。；; ])"
)


def is_left(before: str, behind: str) -> bool:
    """Tell whether the place between two parts of a text is the one no more: 不在临清了.

    Args:
        before: What stands before its name.
        behind: What stands behind it.
    """
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None


def is_moved_to(before: str, behind: str) -> bool:
    """Tell whether the place between two parts of a text is the new one: 场子找到东阿去了."""
    return _MOVED.search(before) is not None and _DONE.match(behind) is not None


_APART = re.compile(
    "不在?(?:同)?一?个(?:县|区|市|地方)|(?<!不)(?<!没)跨(?:了)?(?:县|区|市)|(?:县区?|区县?)(?:都|也)?(?:变|换|改)了|"
    "(?<!没)(?<!不)(?:换|出)(?:了)?(?:个)?(?:县|区)(?:了)?"
)
_TOGETHER = re.compile(
    "(?:县|区|县区|区县)(?:还是|都|也)?(?:没|不)(?:变|换|动|改)|(?:没|不)(?:出|跨|换|离开)(?:本)?(?:县|区)|"
    "(?<!不)(?:还|都|就|也)?(?<!不)在?(?:同|本|一|原来的?)(?:一)?个?(?:县|区)(?!别)"
)

_ALL_THERE = re.compile("都在(?!聊城|市里?|山东|本市|一[块起]|[^，,。]{0,6}[办弄干])")
"""Says that both places are in one district: 都在临清."""


_STAYS = re.compile(
    "[没不未](?:有)?(?:跨|出|换)(?:过|了)?(?:县|区|市|$)|"
    "(?:一个|同一个?|本)(?:县|区|市)(?:区|里|内)?"
)
_LEAVES = re.compile(
    "(?<![没不未有])(?:跨|出)了?(?:县|区(?!号)|市)|(?:另一?个|别的|外|隔壁|其他)(?:县|区|市)"
)
_ASKS = re.compile("[吗嘛么]|[?？]|[算要用]不[算要用]?|咋|怎|啥|哪")


_HOW = re.compile("咋|怎么")
_FROM_TO = re.compile("(?:从|由|打|自)[^，,。]{2,12}?(?:[搬挪迁]|换)(?:到|去|往|至)")
"""Says from where to where: 打茌平挪去高唐."""


_INSIDE = re.compile("(?:就|还|都)在[^，,。不]{2,8}?(?:里头?|内|境内)[^，,。]{0,2}[挪搬换移迁]")
"""Says that a move stays inside one district: 不是迁，就在东昌府区里挪."""


def _leaves_district(text: str) -> bool | None:
    """Return whether few words tell a move that leaves the district: 换到外县了; else None."""
    if _ASKS.search(text) is not None:
        return None
    if _STAYS.search(text) is not None:
        return False
    return True if _LEAVES.search(text) is not None else None


def crosses_border(text: str, places: int) -> bool | None:
    """Tell whether a business moves to another district: 不在一个县, 从高唐挪到东昌府; or None.

    Args:
        text: What is said.
        places: How many districts it names.
    """
    if places <= 1 and _INSIDE.search(text) is not None:
        return False
    is_within = _TOGETHER.search(text) is not None or _ALL_THERE.search(text) is not None
    if places > 1 and not is_within and _FROM_TO.search(text) is not None:
        return True  # 从东昌府搬到阳谷，咋弄
    if _HOW.search(text) is not None:
        return None  # 要跨县咋办
    if _APART.search(text) is not None:
        return True
    if is_within:
        return False
    if places > 1 and re.search("从|由|挪|搬|迁", text) is not None:
        return True
    is_still_there = places == 1 and re.search("还在|也在|没出", text) is not None
    return False if is_still_there else _leaves_district(text)


def says_from_to(text: str) -> bool:
    """Tell whether a text says from where to where a business moves: 从东昌府搬到阳谷."""
    return _FROM_TO.search(text) is not None
