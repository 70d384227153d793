"""Recognises what is asked, or put right, of an application that is being filled in."""

import re

from bot.services.words.matter_remarks import asks

LONGEST = 40
"""Signs; a longer text tells more than a slip."""

LONGEST_QUESTION = 16
"""Signs of a question about what is filled in."""

_MENDS = re.compile(
    "(?:写|填|说|打|弄|报|输|记|留|搞)(?:错|反|岔|串|颠倒)|(?:错|反|岔)了|不对|不正确|有误|"
    "[改换](?:成|为|一下|个|掉|了)|^(?:把|我|俺|要|想|得|先|再|给我|帮我|[，, ])*[改换]|"
    "不是[^，,。 ]+[，, ]*(?:而)?(?:是|叫)|(?:叫|是)[^，,。 ]+[，, ]+不(?:是|叫)"
)
_FILLED = re.compile(
    "(?:填|写|记|报|说|录)(?:了|的|过)(?:都|是|些|的)*(?:啥|什么|哪些|哪几项|多少)|"
    "(?:看看|看一?下|念|读|核对|瞧瞧|检查)(?:一[遍下]|给我|我|俺|都|刚才)*(?:填|写)(?:的|了)|"
    "(?:念|读|核对|检查)一?[遍下]|(?:填|写)的(?:内容|东西|信息)(?:给我|让我|再)*(?:看看|看一?下|念)"
)
_LEFT = re.compile(
    "(?:还|剩)[^，,。]{0,4}(?:差|缺|剩|要填|得填|没填)(?:着|下|的|有)?(?:啥|什么|哪些|哪几项|几[项个样]|多少)|"
    "填到哪(?:了|里|儿|一步)|还有(?:几|多少)[项个样](?:没填|要填)"
)
_TO_FILL = re.compile(
    "(?:这|那|下)?(?:一)?(?:步|项|个|栏|格|空|里|儿|块)*(?:我|俺)?(?:要|该|得|应该|到底|是)*"
    "(?:填|写|输)(?:点|个|些)?(?:啥|什么|哪个|哪些|哪儿?)(?:东西|内容|呢|啊|呀|好|吗)*|"
    "(?:这|那)(?:一)?(?:步|项|个|栏|格|空)*(?:要|该|得)?(?:咋|怎么)(?:填|写|输)(?:呢|啊|呀)?|"
    "(?:我|俺)?(?:也)?(?:不知道|不晓得|不会|不懂|不明白)(?:该|要|得|这个|这)*(?:咋|怎么)?(?:填|写|输)(?:啥|什么)?(?:了|呢|啊)?"
)
_DOOR = re.compile("门牌(?:号码?)?[^\\d]{0,10}(?P<number>\\d+)(?:号|$|[^\\d])")
_SAID_FIRST = re.compile("(?:叫|是)(?P<right>[^，,。 ]{2,20})[，, ]+(?:可)?不(?:是|叫)")
_LEFTOVER = re.compile("[了吧啊呀成为是一下个掉的不对错误有]*")
_NUMBER = re.compile("\\d+(?=号)|\\d+$")


def mends(text: str) -> bool:
    """Tell whether a text takes back or alters what was filled in: 地址写错了, 把电话改了.

    "填错了咋改" and "能改不" ask how that is done.
    """
    return len(text) <= LONGEST and _MENDS.search(text) is not None and not asks(text)


def right_one(text: str) -> str | None:
    """Return what is said to be right before what is not: 叫张建军 不是张建国; None for none."""
    found = _SAID_FIRST.search(text)
    return None if found is None else found["right"]


def is_no_value(text: str) -> bool:
    """Tell whether what stands behind the name of a field is no value: 把电话改了, 地址不对."""
    return _LEFTOVER.fullmatch(text) is not None or mends(text)


def asks_what_is_filled(text: str) -> bool:
    """Tell whether what is filled in is to be read out: 帮我看看填的啥."""
    return len(text) <= LONGEST_QUESTION and _FILLED.search(text) is not None


def asks_what_is_left(text: str) -> bool:
    """Tell whether it is asked what is still missing: 还差几项, 填到哪了."""
    return len(text) <= LONGEST_QUESTION and _LEFT.search(text) is not None


def asks_what_to_fill(text: str) -> bool:
    """Tell whether it is asked what the open field wants: 这一步要填啥, 不知道填啥."""
    return _TO_FILL.fullmatch(text.strip(" ?？，,。")) is not None


def door_number(text: str) -> str | None:
    """Return the number of the door that is said anew, None for none: 门牌写错了 是12号."""
    found = _DOOR.search(text)
    return None if found is None else found["number"]


def with_door_number(address: str, number: str) -> str:
    """Return an address with another number of the door."""
    changed, count = _NUMBER.subn(number, address, count=1)
    return changed if count else f"{address}{number}号"
