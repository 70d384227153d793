"""Tells what is named only to say where a place is: "幼儿园边上能办不" is about no nursery."""

import re

LONGEST = 60
"""Signs of a text in which a landmark is looked for."""

_PLACE = (
    "幼儿园|托儿所|托育园|医院|卫生院|诊所|药店|药房|加油站|加气站|养老院|敬老院|"
    "网吧|KTV|歌厅|宾馆|酒店|旅馆|饭店|饭馆|超市|商场|市场|菜市场|电影院|工厂|化工厂|仓库|变电站|烟酒店"
)
_SIDE = (
    "边上|边儿上|旁边|一旁|对面|对过|对门|斜对面|附近|周围|周边|隔壁|门口|跟前|后面|后头|前面|前头|"
    "楼下|楼上|不远"
)
_LANDMARK = re.compile(
    f"(?P<before>{_PLACE})的?(?:{_SIDE})(?!的?[^，,。]{{0,3}}(?:有|就?是))|"
    f"(?:{_SIDE}|[\\d一二两三四五六七八九十百几]+ ?米(?:外|内|远)?)"
    "(?:就|正好|还|也|里|那儿|那里)?(?:有|是|开(?=[着了])|挨着)"
    f"(?:了|着)?(?:[一二两三几]?[个家所座间])?(?P<behind>{_PLACE})|"
    f"(?:紧?挨着?|紧?靠着?|紧?邻着?|靠近|邻近|临着|距离?|离|对着|正对)(?:那?[一]?[个家所座间])?"
    f"(?P<near>{_PLACE})",
    re.IGNORECASE,
)
_SCHOOLS = re.compile("幼儿园|托儿所|托育园")
SCHOOL, OTHER = "学校", "那里"

_TOWN = re.compile("[\u4e00-\u9fff]{2,4}(?:镇(?![里上政长区])|乡(?![里上下村政镇亲]))")
"""A town or township with what is called like a trade in its name: 临清烟店镇."""


def towns(text: str) -> list[tuple[int, int]]:
    """Return where names of towns stand in a text, with the signs before, as (start, end)."""
    return [one.span() for one in _TOWN.finditer(text)] if len(text) <= LONGEST else []


_CUT = re.compile("[已曾](?P<name>经开)")


def cut_places(text: str) -> list[tuple[int, int]]:
    """Return where a name of a place is only cut out of other words: 已经开业, as (start, end)."""
    return [one.span("name") for one in _CUT.finditer(text)]


def landmarks(text: str) -> list[tuple[int, int]]:
    """Return where the landmarks named in a text stand, as (start, end) offsets."""
    found = _LANDMARK.finditer(text) if len(text) <= LONGEST else ()
    return [one.span(name) for one in found for name in ("before", "behind", "near") if one[name]]


def without_landmarks(text: str) -> str:
    """Return a text with its landmarks told by what they are, so that none is taken for a matter.

    "幼儿园边上能办不" reads "学校边上能办不".
    """
    for start, end in reversed(landmarks(text)):
        said = SCHOOL if _SCHOOLS.search(text[start:end]) else OTHER
        text = text[:start] + said + text[end:]
    return text
