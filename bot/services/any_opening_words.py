"""Recognises what is asked of opening or building something that is not named: 开店要啥手续."""

import re

from bot.services.bare_trade import is_bare
from bot.services.matter_remarks import asks
from bot.services.trade_questions import TradeTopic, topic_of_trade

_SHOP = re.compile(
    "(?:(?:开|办|弄|干|做|搞|支|整)(?:一?[个家间]|点)?小?"
    "(?:实体店|门店|门市|店面|店|铺子?|工厂|加工厂|厂子?|作坊|生意|小?买卖|个体户?|企业|营生)"
    "|(?:自主|自己)?创业|当个?小?老板|(?<!年)注册(?![资地商证表号])|办照)"
)
_BUILT = re.compile(
    "(?:新?建|盖|修建?)(?:一?[个栋座])?(?:房子?|楼房?|工程)|(?:工程|建设|基建)?项目(?:审批|报批|开工|建设)?|"
    "(?:工程|基建)(?:开工|审批|报批)?(?:前|之前)?"
)
_OWN_HOUSE = re.compile("宅基地|村|老家|自家|自己家|农村|民房|翻盖|翻建")

_ASKS = re.compile("[啥几哪咋]|什么|怎么|如何|多少|多久|多长|流程|手续|程序|步骤|[难烦杂][不吗么]")
_PAPERS = re.compile("材料|资料|文件")
_HARD = re.compile("难|容易|麻烦|复杂")

LONGEST = 24
"""Signs; a longer text tells more than who somebody is."""

ASKED = frozenset(
    {TradeTopic.FEE, TradeTopic.TIME, TradeTopic.PLACE, TradeTopic.ORDER, TradeTopic.PAPERS}
)
"""Topics that the opening of any business has an answer to; the licence itself is one more."""


_PERSON = re.compile(
    "退休|[岁]|老(?:人|头|太|年|汉)|年纪|岁数|年龄|外地|外省|外乡|外来|本地|户口|农村|农民|残疾|聋|哑|盲|腿脚|学生|大学|"
    "宝妈|下岗|失业|低保|五保|贫困户|未成年|没成年|不满|没满|[上打]着?[班工]|在职|正式工|公务员|事业|编制|体制|机关|公职|教师|老师|医生|"
    "警察|军人|坐过?牢|服刑|判过刑|犯过|前科|案底|失信|老赖|征信|欠[债钱]|黑名单|文化|识字|谁|什么人|啥人"
)
_FOUNDS = re.compile(f"(?:{_SHOP.pattern}|办?(?:营业)?执照|开公司|办公司|注册公司|个体户?)")
_MAY = re.compile("能|可以|可不可|让|准|允许|[行中成][不吗么]|影响|限制|要求|条件")


def asks_who_may(text: str) -> bool:
    """Tell whether it is asked if somebody may begin any business: 退休了能开店不."""
    is_short = len(text) <= LONGEST and asks(text)
    words = (_PERSON, _FOUNDS, _MAY)
    return is_short and all(one.search(text) is not None for one in words)


def asked_of_any_shop(text: str) -> TradeTopic | None:
    """Return what is asked of a business that nobody named; ORDER for all of it, else None."""
    return _asked(text, _SHOP)


def asked_of_any_building(text: str) -> TradeTopic | None:
    """Return the same of something that is to be built: 盖房子要啥手续, 项目审批要多久."""
    return None if _OWN_HOUSE.search(text) is not None else _asked(text, _BUILT)


def _asked(text: str, words: re.Pattern[str]) -> TradeTopic | None:
    found = words.search(text)
    if found is None or _ASKS.search(text) is None:
        return None
    if is_bare(text, found[0]):
        return TradeTopic.PAPERS if _PAPERS.search(text) is not None else TradeTopic.ORDER
    topic = topic_of_trade(text, (found[0],))
    if topic is TradeTopic.MAY and _HARD.search(text) is not None:
        return TradeTopic.ORDER
    return topic if topic in ASKED else None
