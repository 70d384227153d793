"""What leaves the day open that a phrase names; part of `time_phrases`.

周四之前, 周二或者周三, 3号到5号, 要是周三没号就周四: another day is as good, so that it is asked.
"""

import re

from bot.services.time_phrases.clock import NUMBER
from bot.services.time_phrases.library import FEAST
from bot.services.time_phrases.months import WEEKDAYS

_WEEKDAY = rf"(?:周|星期)[{WEEKDAYS}]"
_NO_WEEKDAY = "(?![点:时十月号日分个])"
_NEAR = "大?[今明后]天"

_LOOSE = re.compile("或|每|隔|还是|要么|都行|都可以|随便|哪天|到(?=周|星期)")
"""What leaves something open, be it the hour: 上午都行."""

_DAY = rf"(?:{_WEEKDAY}|{_NEAR}|(?<![个这下])\d{{1,2}}月|{NUMBER}[号日])"
_SEVERAL = re.compile(
    f"(?:周|星期)[{WEEKDAYS}](?:[、和跟/]|要不然?)?(?:周|星期)?[{WEEKDAYS}]{_NO_WEEKDAY}"
    rf"|{_WEEKDAY}[哦啊呃嗯，,]*不(?:对|是)?[，,]*{_WEEKDAY}"
    rf"|{_NEAR}(?:[、和跟/]|要不然?)?(?={_NEAR})"
    rf"|{_DAY}.{{0,5}}(?:或者?|还是|要么|要不然?)[那就是，,]*[下这上]*{_DAY}"
    rf"|{_DAY}.{{0,8}}{_DAY}(?:[上下]午|早上)?也"
    rf"|第[一二三四]周的?{_WEEKDAY}|[一二三四五六七八九两][一二三四五六七八九]天|十[来几多]天"
    rf"|[几百]天"
    rf"|月{NUMBER}(?:左右|前后|上下)|到{_WEEKDAY}(?:都|之间)"
    "|[前后]的?[一两]个?(?:周|星期)$"
)
"""Days beside each other: 周二、周三, 周三上午或者周四."""

_RANGE = re.compile(
    rf"{NUMBER}[日号]?(?:[-~—、]|到|至)(?:{NUMBER}月)?{NUMBER}[日号](?!窗|楼)"
    r"|(?<!\d)\d{1,2}[./月]\d{1,2}[日号]?(?:[-~—]|到|至)\d{1,2}[./月]\d{1,2}"
    rf"|{_NEAR}(?:到|至|-|~)(?={_NEAR})"
)
"""Days from one to another: 3号到5号, 12.3-12.5."""

_BOUND = re.compile(
    rf"(?:{_WEEKDAY}|{_NEAR}|号|月{NUMBER}日|(?:{FEAST.pattern})(?:节|那天)?)的?"
    rf"(?:[之以]?前|[之以往过]?后|起|开始|左右|前后|上下)(?!的?那?{NUMBER}[天日个周]|天|第"
    rf"|的?[第头])"
    rf"|(?:不超|过了?)过?(?:{_WEEKDAY}|{FEAST.pattern})(?!的?第)"
)
"""A day that only bounds what is meant: 周四之前, 周三以后, 冬至以后, 不超过周五."""

_IF_NOT = re.compile(
    "(?:要是|如果|万一|假如).{0,12}(?:不行|不成|不中|没[空号])"
    "|[，,。](?:不[行成中]|没[号空])(?:的话|那?就|再)+(?=.{0,6}[点午号周天])"
)
"""One day and, failing it, another: 要是周三没号就周四."""


def leaves_open(words: str, said: str) -> bool:
    """Tell whether words that name a day or an hour leave open which one is meant.

    Args:
        words: What is meant, once slips and days that do not suit are taken away.
        said: The whole phrase, normalised.
    """
    return _LOOSE.search(words) is not None or names_several_days(words, said)


def names_several_days(words: str, said: str) -> bool:
    """Tell whether words name more than one day, or only the bound of some, as above."""
    found = (pattern.search(words) for pattern in (_SEVERAL, _RANGE, _BOUND))
    return any(found) or _IF_NOT.search(said) is not None
