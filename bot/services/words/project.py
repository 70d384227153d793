"""What a sentence about a building project already tells: use, investor, land, size, danger."""

import re
from collections.abc import Mapping, Sequence

from bot.services.reading.answers import is_denied_behind, spoken_area_m2
from bot.services.reading.numerals import NotANumber, read_number

ProjectWords = Mapping[str, Mapping[str, Sequence[str]]]
"""Question to answer to the words that mean it; kept in `data/plan_project/words.yml`."""

_NUMBER = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
_BELOW = re.compile(
    rf"地下(?:室|车库|部分)?(?:建筑)?(?:面积)?\D{{0,3}}?{_NUMBER}\s*(?=平|㎡|m2)", re.IGNORECASE
)
_FLOORS_BELOW = re.compile(rf"地下(?:室)?(?:有|共)?{_NUMBER}层")
_FLOORS = re.compile(rf"(?<!地下)(?<!地下有)(?<!地下共)(?<![第单每底顶标]){_NUMBER}层(?!的?地下)")
_FLOORS_UNDER = re.compile(rf"{_NUMBER}层的?地下")
_METRES = r"((?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+(?:点[一二三四五六七八九])?)\s*米半?)"
_HEIGHT = re.compile(
    rf"高(?:度)?(?:有|是|约|大约|大概|达到?)?{_METRES}|{_METRES}高|"
    rf"(?:层|平房)[，, ]{{0,2}}{_METRES}(?![长宽远路方])"
)


_DENIES = re.compile("(?:不(?:用|需要?|必|去|会|涉及?)?|没有?)再?(?:开挖|挖|动|占|碰|破|改|修)$")
"""Denies that anything is done to what follows: 不用开挖|道路."""


def choices_in(text: str, words: ProjectWords) -> dict[str, str]:
    """Return the answers that the text gives; two answers to one question cancel each other.

    A word inside a longer one does not count: 没有危化品 is not taken for 危化品. What is said not
    to be so is a no where yes or no is asked (还没拿到地), and nothing elsewhere.

    Args:
        text: What was said.
        words: See `ProjectWords`; answers are the options of the choosing questions, or
            "yes" and "no".
    """
    found: dict[str, str] = {}
    for question, answers in words.items():
        hits = {(word, answer) for answer, said in answers.items() for word in said if word in text}
        told = {
            _denied(answer) if _is_denied(text.partition(word)[0], answer) else answer
            for word, answer in hits
            if not any(word != other and word in other for other, _ in hits)
        } - {None}
        if len(told) == 1:
            found[question] = str(told.pop())
    return found


def _is_denied(before: str, answer: str) -> bool:
    """Tell whether what stands before a word denies it: an option also from further away.

    不用开挖|道路 chooses no building of roads.
    """
    is_option = answer not in {"yes", "no"}
    return is_denied_behind(before) or (is_option and _DENIES.search(before) is not None)


def _denied(answer: str) -> str | None:
    """Return what an answer means behind a denial: a no stays one, an option is not chosen."""
    return "no" if answer in {"yes", "no"} else None


def sizes_in(text: str) -> dict[str, float]:
    """Return the sizes that the text names, by question: areas in m², heights in m, floors."""
    below = _BELOW.search(text)
    above = text if below is None else text.replace(below.group(), "")
    found = {
        "underground_m2": _amount(below),
        "total_area_m2": spoken_area_m2(above),
        "underground_floors": _amount(_FLOORS_BELOW.search(text) or _FLOORS_UNDER.search(text)),
        "floors": _amount(_FLOORS.search(text)),
        "height_m": _amount(_HEIGHT.search(text)),
    }
    return {question: size for question, size in found.items() if size is not None and size > 0}


def _amount(found: re.Match[str] | None) -> float | None:
    if found is None:
        return None
    try:
        return read_number(next(part for part in found.groups() if part))
    except NotANumber:
        return None


_FARMLAND = re.compile(
    "耕地|农田|农用地|庄稼地|口粮[田地]|责任田|自留地|承包地|"
    "(?:承包|流转)(?:来|了|下来)?的?[^，,。]{0,6}(?:(?<![工场用])地(?![方铁产点下])|亩|果园|林)|流转的"
)
_MAY = re.compile(
    "[能让可][^，,。]{0,4}[建盖弄修搞]|[建盖弄修搞](?:成|厂|房)?(?:不|吗|么|嘛)|批不批|行不|中不|违法|违规|影响|要紧|碍事|咋办|怎么办|能占"
)


_NO_FARMLAND = re.compile("(?:不是|不占|没占|不算|又不是)(?:啥|什么|基本)?(?:耕地|农田|农用地)")
"""Denies it: 不是耕地 是老砖窑厂."""

_FARM = re.compile(
    "大棚|暖棚|拱棚|菜棚|养殖棚|温室|[猪鸡鸭鹅羊牛兔驴]舍|[猪羊牛]圈|[鸡鸭牛羊鹅]棚|"
    "养殖(?:场|棚|舍|小区)|养[猪鸡鸭鹅羊牛驴兔](?:场|棚|的)|鱼塘|设施农(?:用地|业)"
)
_FARM_GOODS = re.compile("大棚(?:膜|骨架|管|材料|配件|房)|温室(?:设备|配件|气体)|棚户|屠宰|饲料")


BUILDING_LAND = "建设用地"
"""Land for building: 大棚边上有块集体建设用地."""


def speaks_of_farm(text: str) -> bool:
    """Tell whether what is to be built is for growing or keeping animals: 扩一栋猪舍, 盖个大棚."""
    is_other = _FARM_GOODS.search(text) is not None or BUILDING_LAND in text
    return _FARM.search(text) is not None and not is_other


_VILLAGE_LAND = re.compile(
    "(?:村|集体|乡里|镇里|屯)[^，,。]{0,12}建设用地|建设用地[^，,。]{0,6}(?:村|集体)"
)
_APPROVED = re.compile(
    "谁|哪|[啥什]么?证|批|手续|许可|咋办|怎么办|咋弄|[能让可][^，,。]{0,4}[建盖用]|[办弄走跑]点?[啥什哪]|呢[?？]?$"
)


_BREAKS = (
    "(?:(?:拆(?!迁)|砸(?!了?钱)|敲(?!门)|凿|打通|打掉|扒(?!鸡)|掏(?!了?钱|多少|几))"
    "(?!了[一两几个]))"
)
"""Not 墙面砸了钱装修; 大梁扒了个口 is done already."""
_BORNE = "(?:墙|楼板|梁(?!山)|柱(?!塞))"
_OPENS = (
    "开一?[个扇道](?:门洞?|窗户?|洞)"
    "(?=不(?!锈)|[没吗么嘛呢啊吧咋怎得要需该，,。?？ ]|"
    "[行中成能][不吗么行中成]|可以|用[不报审去得]|的话|$)"
)
"""What is opened is no more than a door: no 想开个门窗厂, 想开个洞穴餐厅."""
_WALL = re.compile(
    "(?:想|要(?!是)|打算|准备|能|可以|得)(?:把|给)?[^，,。]{0,8}"
    f"(?:{_BREAKS}[^，,。]{{0,5}}{_BORNE}|{_OPENS})|"
    f"{_BORNE}[^，,。]{{0,6}}(?:{_BREAKS}|{_OPENS})"
)


def works_on_wall(text: str) -> bool:
    """Tell whether a wall is to be broken or opened: 里头想拆一面承重墙, 外墙想开个门."""
    return _WALL.search(text) is not None


def asks_of_village_land(text: str) -> bool:
    """Tell whether it is asked who permits building on a village's own land for building."""
    is_asked = _APPROVED.search(text) is not None
    return is_asked and _VILLAGE_LAND.search(text) is not None


def asks_of_farmland(text: str) -> bool:
    """Tell whether it is asked if farmland may be built on: 地是流转的耕地 能建不."""
    told = _NO_FARMLAND.sub("", text)
    return _FARMLAND.search(told) is not None and _MAY.search(text) is not None
