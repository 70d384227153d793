"""Recognises what is told of the rooms, the hands and the things of a business."""

import re
from enum import Enum

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

LONGEST = 26
"""Signs of a text that only tells such things; a longer one tells a story."""


class Rooms(Enum):
    """What kind of thing is told."""

    HOME = "home"
    NO_SHOP = "no_shop"
    ROOMS = "rooms"
    PEOPLE = "people"
    MONEY = "money"
    THINGS = "things"
    NAME = "name"


_OWN = "(?:自己家?|自个|自家|我家|俺家|咱家|家里|老家|村里|[我俺咱]们家|婆婆家|娘家)"
_HOUSE = "(?:屋子?|房子?|院子?|平房|楼房|车库|一楼|宅子|宅基地|小院|门口|堂屋|偏房|储藏室|地下室)"
_HOME = re.compile(
    f"{_OWN}的?(?:老|旧|空|那|一|个|间|几|两|三)*{_HOUSE}|"
    "(?:就|都|先|平时|现在|主要)*在(?:自己|自个|自家|我家|俺家)?家(?:里)?(?:的|呢|"
    "[弄干做搞整开发])|"
    "居家|住家"
)
_NO_SHOP = re.compile(
    "(?:没有?|不用|不租|没租|没开|不开)(?:实体|门)?(?:店|门面|门头|店面|铺面|门脸)(?:房)?(?:的|"
    "呢)?$"
)
_ROOMS = re.compile(
    "(?:租|赁|盘|买|承包)(?:的|了|下)?(?:是|人家的?|别人的?|村里的?|一?[间层个处栋]|"
    "[两三四五六七八九十几]+[间层])*[^，,。？?]{0,3}"
    "(?:楼|房|院|门面|门头|铺|店面|厂子?|场地|仓库|车间|底商|摊位|档口|柜台|地)|"
    "(?:在|是|就)?[^，,。？? ]{0,8}(?:商场|市场|超市|小区|写字楼|步行街|学校|医院|大厦|广场|"
    "商业街)"
    "(?:里头?|负?[一二三四五六七八九十0-9]+[楼层]|底商|门口|旁边|对面|附近)(?:的)?|"
    "(?:原来|以前|原先|之前)是?(?:个|一个|一家)?[^，,。？? ]{1,6}"
    "[店馆厂楼铺库院房校站社所吧厅堂城场]|"
    "(?:仓库|货|东西|料)(?:就|都|先)?(?:在|放|堆|搁)在?[^，,。？?]{0,6}[家院屋库房里]|"
    "[一两二三四五六七八九十几0-9]+(?:间|个|处)(?:摊位|档口|门面|门头|铺面|屋子?|房子?|车库)|"
    "(?:临街|沿街|街面|路边|村口|村头|镇上|集上|门口)的?(?:房子?|门面|门头|铺面|院子?|店面)?|"
    "(?:有|就|还有)(?:一?个|一处|[两三四五六几]间)?(?:小|大|前|后)?(?:院子?|后厨|库房|仓库|阁楼)|"
    "(?:楼上|楼下|隔壁|对面|旁边|左右)(?:都)?(?:是|有|住)[^，,。？?]{1,8}"
)
_KIN = (
    "媳妇|对象|老婆|老公|爱人|妹妹?|弟弟?|姐姐?|哥哥?|嫂子?|爹|妈|娘|爸|儿子?|闺女|女儿|姨|姑|"
    "叔|舅|"
    "侄子?|表[弟哥姐妹]|公婆|婆婆|丈母娘|老伴|孩子"
)
_PEOPLE = re.compile(
    f"(?:就|也就|只有|光)?(?:我|俺|咱)(?:们)?(?:自己|自个|一个人?|[俩仨]|两口子|俩口子|一家子?|"
    f"家里人|娘[俩仨]|爷[俩仨]|姐[俩仨妹们]*|哥[俩仨们]|兄弟[俩仨几个]*)"
    "(?:人)?(?:干|弄|开|搞|忙活|在弄|撑着)?|"
    f"(?:就|也就|只有)?(?:我|俺|咱)(?:跟|和|同|与|带着?)(?:我|俺|"
    f"咱)?(?:的)?(?:{_KIN})(?:俩)?(?:一起|一块|俩人|两个人?)?(?:干|弄|开|搞)?|"
    "(?:没有?|再没)(?:别|旁|外|其他)人?(?:人|的人|帮忙)?|(?:俩|两)口子(?:干|弄|开|搞)?|"
    f"(?:我|俺|咱)?(?:{_KIN})(?:也|还|会|能)?(?:来|过来)?(?:帮忙|搭把手|帮着[干弄看])"
)
_COUNT = r"(?:\d+|[一二两三四五六七八九十百几俩仨])+"
_MONEY = re.compile(
    f"(?:手里|手头|家里|攒)?(?:有|能拿|凑|投|准备|打算投|先投|本钱|启动资金|投资|花)(?:了|个|出|"
    f"进去)*(?:{_COUNT}(?:来|多)?万|[^，,。？? ]{{0,3}}闲钱)(?:块|元)?(?:左右|吧|的)*|"
    f"{_COUNT}(?:来|多)?万(?:块|元)?钱?的?(?:本钱|本儿?|启动资金)|"
    "(?:一个?月|一天|一年)[^，,。？?]{0,5}(?:流水|卖|挣|赚|营业额|收入)[^，,。？?]{0,10}"
)
_PAID = re.compile(
    "(?:肯定|当然|得|是|要|都|就|也|那|[，, ])*(?:收(?:钱|费)的?|(?:不能|不会|不是)?白干(?!不)|"
    "(?:得|要|为了)?挣(?:点|些)?钱的?|不是(?:做)?(?:公益|慈善)的?)"
)
_THINGS = re.compile(
    f"(?:就|有|买了|已经有|进了|置办了)*{_COUNT}(?:来|多)?(?:台|套|张|个|辆|口|把|条)"
    "[^，,。？?证照厅区人月年天问店]{1,7}"
    f"(?:[，, ]?{_COUNT}(?:台|套|张|个|辆|口|把|条)[^，,。？?证照人]{{1,7}})*"
)
_NAME = re.compile(
    "(?:嗯|那|就|还是|都|办吧|用|写|登|挂|我|俺|[，, ])*(?:写|用|登|挂)"
    f"(?:她|他|我|俺|我自己|俺自己|(?:我|俺)?(?:{_KIN}))的名(?:字|儿)?(?:吧|呗|了|就行)?"
)
_TROUBLE = re.compile(
    "税|社保|发票|呢(?=[ ，,。]|$)|[罚欠骗封堵吵漏塌赔怕]|连累|抵债|投诉|举报|"
    "不让|不给|不批|扰民|没办|纠纷|到期|涨|撵|注销|转让|搬|不干"
)
_KINDS = (
    (_NAME, Rooms.NAME),
    (_HOME, Rooms.HOME),
    (_NO_SHOP, Rooms.NO_SHOP),
    (_PEOPLE, Rooms.PEOPLE),
    (_MONEY, Rooms.MONEY),
    (_PAID, Rooms.MONEY),
    (_ROOMS, Rooms.ROOMS),
    (_THINGS, Rooms.THINGS),
)


_DOES = re.compile(
    "(?:光|只|就|主要|先|平时|现在|一般)+(?:管|给人|给人家|是|干|"
    "做)?[洗修卖做弄干理剪补教收装送拉存印刻裁焊缝烤炸炒蒸配养种]|"
    "(?:以后|后面|回头|将来|慢慢)[^，,。？?]{0,4}(?:想|打算|也|再|要)"
)


def does_told(text: str) -> bool:
    """Tell whether a text tells what is done in a business, or later on: 光洗 后面也给人补胎."""
    is_free = len(text) <= LONGEST and not asks(text) and _TROUBLE.search(text) is None
    return is_free and _DOES.match(text) is not None


_LAND = re.compile(
    "(?:一共|大概|差不多|有|是|就|村[里头]|那|这|占|能用的?)*(?:(?:[0-9]+|"
    "[一二两三四五六七八九十百几半]+)(?:来|多)?亩(?:来|多)?地?|"
    "(?:自家|自己|俺家|我家|村里|集体|租)的?[^，,。？? ]{0,4}地)(?:左右|吧|的|呢|啊)*"
)
_SPENT = re.compile(
    f"(?:打算|准备|能|想|总共|一共)*(?:投(?:资)?|花)(?:个|了|出去)?{_COUNT}(?:来|多)?(?:千|"
    f"百)?万(?:元|块)?(?:左右|吧|的)*"
)


def tells_of_land(text: str) -> bool:
    """Tell whether a text tells whose land, or how much, or what is spent: 大概二十亩."""
    is_free = len(text) <= LONGEST and not asks(text) and _TROUBLE.search(text) is None
    return is_free and any(_LAND.fullmatch(x) or _SPENT.fullmatch(x) for x in clauses(text))


ANYWHERE = frozenset({Rooms.HOME, Rooms.NO_SHOP, Rooms.ROOMS})
"""Kinds that are told in a part of a clause."""

_NEAR = re.compile("楼[上下]|隔壁|对面|对过|旁边|附近|门口|学校|医院|居民|小区|住户|河|地下|负一")


def may_matter(text: str) -> bool:
    """Tell whether what lies near, or where the rooms are, may bear on a licence: 楼上住人."""
    return _NEAR.search(text) is not None


def rooms_told(text: str) -> Rooms | None:
    """Return what kind of thing a short text tells of a business; None for one that asks.

    "没店 就在家里弄" tells of a home, "就我跟我妹" of people, "一台石磨一个炒锅" of things.
    """
    if len(text) > LONGEST or asks(text) or _TROUBLE.search(text) is not None:
        return None
    parts = clauses(text)
    for words, kind in _KINDS:
        if kind in ANYWHERE:
            if words.search(text) is not None:
                return kind
        elif any(words.fullmatch(part) for part in parts):
            return kind
    return None


_CHANGES = re.compile("[不别没改换成]|接着|继续|回来|再")


def is_plain_form(rest: str) -> bool:
    """Tell whether what is left of a text beside a form of enterprise changes nothing: 的吧 便宜.

    Args:
        rest: The text without the name of the form.
    """
    return len(rest) <= LONGEST_BESIDE and _CHANGES.search(rest) is None


LONGEST_BESIDE = 6
"""Signs beside a form that say no more than that it is so."""
