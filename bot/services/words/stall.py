"""Recognises who sells from a stall, without rooms of one's own: 夜市支个摊烤冷面 没门面."""

import re

from bot.services.words.matter_remarks import asks

LONGEST = 40

_STALL = re.compile(
    "[支摆出]一?[个]?(?:小吃|夜市|早点|早餐|地|小|流动)?摊|夜市(?:上)?[^，,。]{0,3}(?:卖|支|摆)|地摊|流动摊|小推车|三轮车?[^，,。]{0,4}卖|路边[^，,。]{0,3}[支摆]"
)
_ROOMS = re.compile(
    "(?<![没无])(?<!没有)(?:租|盘|有|开)(?:了|好|下|着|个|一?间|一?家)*[^，,。 ]{0,4}"
    "(?:门[面店头脸]|铺面|店面|店铺|店)"
    "|摆够|不摆|摆摊[^，,。]{0,4}(?:够|不干|之前|以前|多年|了[^，,。]{0,2}年)|市场里|商场|超市|店门口|门店"
)
_FOOD = re.compile(
    "吃|面|饼|串|烤|炸|煎|粥|包子|馍|粉|凉皮|豆腐|汤|馄饨|水饺|饺子|糕|烧饼|冰粉|奶茶|果汁|饮品|早点|早餐|小吃|熟食|卤|鸡|鱿鱼|肠|火烧|豆浆|油条|关东煮|麻辣|烧烤"
)
_LISTED = re.compile("啥|什么|哪些|用不用|要不要|要办|用办|得办|咋办|怎么办|[证照手续][吗不么]")
"""Asks what it wants, and of nothing else."""


def sells_food_at_stall(text: str) -> bool:
    """Tell whether it is asked what a stall with food wants, that has no rooms."""
    return _lists_wants(text) or _asks_licence(text)


def _lists_wants(text: str) -> bool:
    is_asked = len(text) <= LONGEST and asks(text) and _LISTED.search(text) is not None
    is_stall = is_asked and _STALL.search(text) is not None and _ROOMS.search(text) is None
    return is_stall and _FOOD.search(_STALL.sub("", text)) is not None


_AT_STALL = re.compile(
    "摆(?:个|了)?(?:小)?(?:地)?摊|出摊|支(?:个|了)?摊|摊位|小摊|夜市|集上|赶集|大集|早市|推(?:着|个|辆)?(?:小)?车|"
    "三轮|小推车|流动|(?:路边|街边|胡同口)[^，,。]{0,4}(?:卖|摆|支|烤|炸|煎)"
)
_SOLD_FOOD = re.compile(
    "[烤炸炒煮煎卤烙]|[饼粥肠]|(?<!手)串(?![珠门])|(?<![饭奶])粉(?![底刷])|(?<![路外对表里立店门桌地墙上下])面(?![膜料前向上积立漆临])|饭(?![碗店馆])|面筋|凉皮|红薯|地瓜|葫芦|小吃|早点|早餐|豆腐脑|豆浆|奶茶|馒头|包子|臭豆腐|玉米|冰粉|熟食"
)
_NO_STALL = re.compile(
    "健康证|执照|面积|平米?|店|铺|馆|门面|门头|口罩|面料|卖布|粉丝|化妆|饭碗|饼干厂|厂|广告牌|外墙|立面|改造|挖"
)
_LICENCE = re.compile(
    "证|照|备案|手续|登记|审批|批[不吗么]|[要得用]办|去哪|上哪|找谁|归谁|咋办|怎么办|啥要求|什么要求"
)


def _asks_licence(text: str) -> bool:
    """Tell whether a licence for food at a stall is asked for: 夜市推车烤面筋 也得办证么."""
    is_stall = _AT_STALL.search(text) is not None and _SOLD_FOOD.search(text) is not None
    is_stall = is_stall and _NO_STALL.search(text) is None
    return is_stall and _LICENCE.search(text) is not None and asks(text)
