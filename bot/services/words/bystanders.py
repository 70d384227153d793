"""Tells who and what stands beside what a text is about: 隔壁是卖馒头的, 收老百姓的粮, 流到路边.

Those one deals with, a neighbour's trade and a river that a village lies at name no matter.
"""

import re

LONGEST = 60
"""Signs of a text in which they are looked for."""

BESIDE = "那里"
"""What stands in place of a text that tells of a neighbour only."""

_NEIGHBOUR = re.compile(
    "(?:(?:我|俺|咱)?(?:们|家|店)?(?:的)?(?:隔壁|旁边|对门|对面|对过|楼上|楼下|左边|右边|后面|前面|邻居|边上)"
    "(?:那家|那个|家|头)?(?:就|正好|原来|以前|现在|还)*(?:是|开的?是?|干的?是?)(?:个|家|一个|一家)?"
    "[^，,。？?吗么]{1,8}?(?:的|店|馆|厂|家|铺|院|房|吧|站|校|所|场|室))"
)
_PEOPLE = re.compile("老百姓|平头百姓|乡里乡亲|庄户人家?|街坊四邻")
_STABILITY = re.compile("稳评|风险评估|上访|信访|征地|拆迁|征收|维稳|闹意见|反对|项目")
_RIVERSIDE = re.compile(
    "(?:村子?|镇上?|庄|家|院子?|店|门口|老家|地方|我们(?:这|那)?里?)(?:就|正好|是|都)?"
    "(?:挨着?|临着?|靠着?|紧邻|守着|沿着)(?:黄河|徒骇河|马颊河|运河|金堤河|河边|河|湖边|湖|水库)"
)
_WORKS = re.compile("[建盖搭挖架埋铺]|工程|施工|涉河|河道|防洪|洪水|大棚|桥|管线")

_ROADSIDE = re.compile("路边(?:的?沟里?|上|儿)?")
_OF_ROAD = re.compile("[占挖掘摆停破修架铺]|施工|开口|路边摊|广告|牌")


def without_bystanders(text: str) -> str:
    """Return a text without those who are only dealt with, neighbours, a river, the side of a road.

    A neighbour is left out only of a text that tells nothing else.
    """
    if len(text) > LONGEST:
        return text
    if _NEIGHBOUR.fullmatch(text.strip()):
        return BESIDE
    if _STABILITY.search(text) is None:
        text = _PEOPLE.sub("人家", text)
    if _OF_ROAD.search(text) is None:
        text = _ROADSIDE.sub("外面", text)
    return text if _WORKS.search(text) is not None else _RIVERSIDE.sub("", text)
