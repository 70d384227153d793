"""Recognises what is bought, laid or built where a text asks for money: 想铺光伏 这个有补贴没."""

import re

from bot.services.words.business import begins_new
from bot.services.words.policy_remarks import speaks_of_benefit
from bot.services.words.remarks import clauses

_BOUGHT = re.compile(
    "(?:铺|装(?!修)|安装|[买购建搭]|盖(?!了?[公印]?章|[^，,。]{0,2}印)|换(?!了?(?:法人|老板|地|名|人))|"
    "上(?=[个台套条]|一[个台套条批]))(?:了|个|台|辆|套|口|座|一[个台辆套批座口条]|条|点|些)*"
    "(?P<thing>[^，,。 了过市班学当税缴保得着户房子]{2,6})"
)
_BUILT = re.compile("[建盖搭](?!材|筑|设)")
_UPDATED = re.compile("机器|机床|设备|生产线|软件|系统")


def thing_bought(text: str) -> str:
    """Return what a text tells is bought, laid or built before it asks for money; "" for nothing.

    光伏 of "库房顶上想铺光伏 这个有补贴没"; machines are what policies of renewal speak of.
    """
    told = (_BOUGHT.search(part) for part in clauses(text) if not speaks_of_benefit(part))
    thing = next((found["thing"] for found in told if found is not None), "")
    return "" if _UPDATED.search(thing) else thing


def is_only_bought(part: str, text: str) -> bool:
    """Tell whether a part of a text says what money is asked for, and opens or builds nothing.

    想铺光伏 of "库房顶上想铺光伏 这个有补贴没", and not 想盖个冷库.
    """
    is_begun = begins_new(part) or _BUILT.search(part) is not None
    return not is_begun and bool(thing_bought(text))
