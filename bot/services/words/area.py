"""Reads by how much an area grows or shrinks: 加了一千平, 少了二十平."""

import re
from dataclasses import dataclass

from bot.services.reading.answers import read_area_m2
from bot.services.reading.numerals import NotANumber

_NUMERAL = "(?:\\d+(?:\\.\\d+)?[百千万]?|[一二两三四五六七八九十百千万半]+)"
_CHANGE = re.compile(
    "(?<![差不最至顶很太好许没别])(?:(?P<more>增加|(?<=[又再])扩建|扩建(?=了)|扩大|扩(?!建)|增|加|多)|"
    "(?P<less>减少|缩小|减|少|砍))(?:了|出来|出|掉|个|盖|建)*"
    f"(?P<area>{_NUMERAL}[来多几]?个?(?:平米|平方米?|平|㎡))"
)
_DENIED = re.compile("[没不别未](?:有|用|想|要|能|会|敢|打算|准备|怎么)+$")
"""Stands before a change that is none: 不想加一百平."""


@dataclass(frozen=True)
class AreaChange:
    """A change of an area by so many square metres, and the words that tell it."""

    by_m2: float
    said: str


def area_change(text: str) -> AreaChange | None:
    """Return by how much an area changes; None where none does: 加到一千平 names the whole.

    扩建 alone is a kind of project (扩建一千平), and in 亩 people tell of land.
    """
    found = _CHANGE.search(text)
    if found is None or _DENIED.search(text[: found.start()]):
        return None
    try:
        amount = read_area_m2(found["area"])
    except NotANumber:
        return None
    return AreaChange(-amount if found["less"] else amount, found.group())
