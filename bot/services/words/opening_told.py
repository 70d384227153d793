"""Recognises a business that is told by what is done in it, and by no name: 让人住, 收麦子卖."""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.runs_told import has_trouble

LONGEST = 60
"""Signs of such a story."""

MEANS_TO = "想|打算|寻思|琢磨|合计|商量|盘算|准备"
"""Says that somebody means to do something, settled or not."""

_WISH = re.compile(f"{MEANS_TO}|(?:让|叫|劝)(?:我|俺)(?:也|就)?[弄开干整支租办]")
_WHETHER = re.compile("(?:也|就是|还)?不知道?(?:能不能行|[行中成沾]不[行中成沾])|[行中]不[行中]$")
_MANY = re.compile("好?几(?=[十百千万]?[个张顶只头亩间])")
"""A number that sounds like a question: 几十个帐篷."""
_DONE = re.compile("已经[开办]|开了(?:好?几|[一两三四五\\d])|有执照|注销|转让|不干了|不想[干开做]")
_GRAIN = "(?:麦子|小麦|玉米|棒子|粮食?|大豆|黄豆|花生)"
_TOLD = (
    (
        "民宿",
        re.compile(
            "(?:院子?|房子?|屋子?|楼|老宅|宅子)[^。]{0,20}?"
            "(?:(?:让|给|叫|留)(?:人|客人?|外人|城里人|游客|旅客|他们|人家)[^，,。]{0,3}住(?![了着过院校在])|住(?:人|客)|过夜)"
        ),
    ),
    (
        "诊所",
        re.compile(
            "(?:中医|大夫|医生|号脉|扎针|(?:找(?:我|俺)|给人)看病)[^。]{0,40}?"
            "[弄开租支干整](?:个|间|一?个)?(?:门头|门面|店面?|诊室|铺面?)"
        ),
    ),
    ("露营", re.compile("(?:帐篷|露营)[^。]{0,20}?(?:[收挣赚](?:点|些|个)?(?:钱|费)|营地)")),
    ("粮食收购", re.compile(f"(?<![丰秋夏抢麦])收(?:点|些|购)?{_GRAIN}[^。]{{0,12}}?(?:卖|倒)")),
    (
        "农机作业",
        re.compile(
            "(?:收割机|拖拉机|旋耕机|播种机|打药机|农机)[^。]{0,24}?"
            "(?:给(?:人|乡亲|村里|别人|外村)[^，,。]{0,4}(?:耕|收|种|打|干)|作业|代耕|托管)"
        ),
    ),
)


def opening_told(text: str) -> str | None:
    """Return the name of the trade of which somebody tells that they would do it; or None.

    "家里有个院空着 想拾掇拾掇让人住" is 民宿. Who runs it, asks, or is in trouble tells none.
    """
    plain = _MANY.sub("多", _WHETHER.sub("", text))
    is_free = len(text) <= LONGEST and _WISH.search(text) is not None and not asks(plain)
    if not is_free or _DONE.search(text) is not None or has_trouble(text):
        return None
    found = ((name, told.search(plain)) for name, told in _TOLD)
    wished = ((name, one) for name, one in found if one and _WISH.search(plain, 0, one.end()))
    return next((name for name, _ in wished), None)
