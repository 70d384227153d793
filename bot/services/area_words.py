"""Reads by how much an area grows or shrinks: 加了一千平, 少了二十平."""

import re
from dataclasses import dataclass

from bot.services.answers import NotANumber, read_area_m2

_NUMERAL = "(?:\\d+(?:\\.\\d+)?[百千万]?|[一二两三四五六七八九十百千万半]+)"
_CHANGE = re.compile(
    "(?<![差不最至顶很太好许])(?:(?P<more>增加|扩建|扩大|扩|增|加|多)|(?P<less>减少|缩小|减|少|砍))"
    f"(?:了|出来|出|掉|个|盖|建)*(?P<area>{_NUMERAL}[来多几]?个?(?:平米|平方米?|平|㎡|亩))"
)


@dataclass(frozen=True)
class AreaChange:
    """A change of an area by so many square metres, and the words that tell it."""

    by_m2: float
    said: str


def area_change(text: str) -> AreaChange | None:
    """Return by how much an area changes; None where none does: 加到一千平 names the whole."""
    found = _CHANGE.search(text)
    if found is None:
        return None
    try:
        amount = read_area_m2(found["area"])
    except NotANumber:
        return None
    return AreaChange(-amount if found["less"] else amount, found.group())
