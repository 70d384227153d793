"""How people want to be helped: in the hall, at home or from afar, told without its name."""

import re

from bot.domain.halls import MODE_TITLES, Mode
from bot.services.words.remarks import clauses

_TO_HALL = re.compile(
    "[去到来上].{0,6}(大厅|现场|中心办)|(政务|办事|服务)?大厅|当面|柜台|现场|面对面|线下|(改|换|转)[^，,]{0,4}窗口"
)
"""Who goes to the hall is served at its window."""

_ONLINE = re.compile("线上|远程|网上教|微信视频|屏幕")
"""Who is to be helped from afar sees what is shown."""

_AT_HOME = re.compile(
    "(?:来|上|到|去)(?:我|俺|咱)们?的?(?:家|店|厂|公司|单位|铺子)(?:里头?|中)?"
    "(?:来|去|教|帮|给(?!你|您|恁)|办|弄|填|看|指导)|"
    "(?:来|上|到)(?:家|店|厂|公司|单位|铺子)(?:里头?|中)?(?:来|教|帮|给(?!你|您|恁)|办|弄|填|指导)|"
    "(?<![等回寄送邮])[上来到]家(?:来|里|中|办)"
)
"""Who is to be helped at home or in the shop is visited: 上家来帮俺填."""

_MY_TRIP = re.compile(
    "(?<![帮给替教陪让找约])(?:我|俺|咱)们?(?:自己|自个儿?|先|再|就|得|明[天儿]|回头|[一等]会儿?)*"
    "[来上到去回](?:我|俺|咱)?们?的?(?:家|店|厂|公司|单位|铺子)"
)
"""Who goes there themselves is not visited: 等我到家看看."""

_FAR = re.compile(
    "(?:[去到来跑上赶]不[了成动]|不(?:想|愿意?|方便|便)[去到跑上来]*|没法[去到跑])"
    "[^，,。 ]{0,3}(?:大厅|窗口|现场|中心)|(?:大厅|窗口)[^，,。 ]{0,3}(?:[去到]不[了成]|远)"
)
"""Who cannot go to the hall is not served there: 去不了大厅."""

_NOT_SO = re.compile("不(想|用|去|要|到|能|方便|在)|别|没法|除了")
_MAY = re.compile("能不能|可不可以|行不行|用不用")


_BEFORE = re.compile(
    "(?:上次|上回|那回|头回|昨[天儿]|前[天几]|去年|当时|以前|早先)(?!一样|那样)|"
    "[去跑来打][了过](?!就|再|之?后)"
)
"""Begins what happened earlier: 上次去窗口."""


def without_past(text: str) -> str:
    """Return a text without the clauses that tell what happened earlier, which choose no way."""
    return "，".join(part for part in clauses(text) if _BEFORE.search(part) is None)


def told_mode(text: str) -> str | None:
    """Return the way of service that a sentence tells without its name; None for none.

    Who speaks of the hall comes to its window, 线上 is shown on a screen.
    """
    text = where_to_go(without_past(text))
    if _NOT_SO.search(_MAY.sub("", text)) is not None:
        return None
    if _TO_HALL.search(text) is not None:
        return Mode.WINDOW.value
    if _AT_HOME.search(_MY_TRIP.sub("", text)) is not None:
        return Mode.ON_SITE.value
    return Mode.VIDEO.value if _ONLINE.search(text) is not None else None


def where_to_go(text: str) -> str:
    """Return a text without where somebody cannot go: 腿脚不好去不了窗口."""
    return _FAR.sub("", text)


_ASKED_OF_WAY = re.compile(
    "是不是|要不要|用不用|得不得|需要|啥|什么|咋|怎么|多少|几[点个天]|(?:要|得|用)[^，,。]{1,8}[吗么不]$"
)
_WISHED = re.compile("改|换|成不|行不|中不|可以[吗不]|行吗|能不能|可不可以")


def asks_of_way(text: str) -> bool:
    """Tell whether something is asked of a way of service, and none is chosen: 视频得下载啥."""
    return _ASKED_OF_WAY.search(text) is not None and _WISHED.search(text) is None


def weighs_ways(text: str) -> bool:
    """Tell whether a text names several ways of service, so that the one taken is said back."""
    return sum(title in text for title in MODE_TITLES.values()) > 1
