"""Recognises what is told of what runs or is built: works that rest, goods that are added."""

import re

from bot.services.words.matter_remarks import asks

LONGEST = 30

_RESTS = re.compile(
    "停(?:工|建|[上它个]?[^，,。]{0,3}(?:一阵|阵子|段|些日子|几个?月|半年|[一两二三]个?月|一停|下来|一年))|先停"
    "|干不下去|歇一?(?:阵|段)|撂(?:一?阵|几个?月|半年)"
)
_TOLD_TO = re.compile("报告?|说一?声|备案|通知|告诉|打招呼|手续|办[啥什]|咋办|怎么办")
_SHOP = re.compile("店|营业|歇业|铺|个体|公司|电|水(?!电)|暖|车间里")


def works_rest(text: str) -> bool:
    """Tell whether it is asked what works that rest for a while want: 停一阵子用跟谁报告不.

    Meant only where a building is talked about.
    """
    is_asked = len(text) <= LONGEST and asks(text) and _SHOP.search(text) is None
    return is_asked and _RESTS.search(text) is not None and _TOLD_TO.search(text) is not None


_ADDS = re.compile(
    "(?:再|还|又|想|要|准备|打算|顺带|后头)[^，,。 ]{0,4}?"
    "(?:添|加|增加|上|多)[个点些样种]?[^，,。 证人员]{1,8}"
    "(?:卖|做|的?品种)?(?:行|中|能|可以|成|要|用|得|需要|咋|[，, ]|$)|加卖|添着卖"
)
_NO_GOODS = re.compile(
    "股东|注册资本|面积|地址|平|分店|招牌|层|桌|座|店面|经营范围|会员|外卖平台|微信|材料|资料|[啥哪]"
)


def adds_goods(text: str) -> bool:
    """Tell whether a shop is to sell something more: 想再添个裱花蛋糕卖."""
    is_short = len(text) <= LONGEST and _NO_GOODS.search(text) is None
    return is_short and _ADDS.search(text) is not None


_HELD = re.compile(
    "(?:证|许可|登记)[^，,。没不]{0,6}(?:拿到|下来|到手|办好|办完|办妥|批了|领[到了])"
    "|(?:拿到|领到|办好|办完|办下)了?[^，,。没不]{0,6}(?:证|许可)"
)


def holds_licence(text: str) -> bool:
    """Tell whether a licence is said to be in the hand: 食品经营证拿到了."""
    return _HELD.search(text) is not None


_BROKE = re.compile("还不(?:起|上|了|清)|资不抵债|没钱还|赔光|亏空|拿不出钱")


def cannot_pay(text: str) -> bool:
    """Tell whether it is asked what who cannot pay what is owed does: 真还不起咋整."""
    return len(text) <= LONGEST and asks(text) and _BROKE.search(text) is not None


_MOVES = re.compile("搬|换(?:了|个)?(?:地方|地儿|门面|店面|地址)|挪")
_POINTED = re.compile("[这那]个?证(?!明)|证(?:还|能|要|得|咋|怎么|接着|用|跟|随)")


def moves_with_licence(text: str) -> bool:
    """Tell whether it is asked what a move does to a licence: 搬到隔壁街 这证还能使不."""
    is_asked = len(text) <= LONGEST and asks(text) and _MOVES.search(text) is not None
    return is_asked and _POINTED.search(text) is not None
