"""Days and hours that are named because they do not suit, and what leads to the one that does.

Part of `time_phrases`: 周三上午要开会，周四吧; 十点太早了，十一点; 周三周四都有空，最好周四.
"""

import re

from bot.services.time_phrases.clock import HOUR, NUMBER
from bot.services.time_phrases.months import WEEKDAYS

DAY_WORDS = (
    rf"(?:(?:上|下|这)*个?(?:周|星期)[{WEEKDAYS}末]|大?[今明后]天"
    rf"|{NUMBER}月{NUMBER}[日号]|{NUMBER}[日号])"
)
PLAIN_DAY = rf"(?:(?:周|星期)[{WEEKDAYS}]|大?[今明后]天|{NUMBER}月{NUMBER}[日号]|{NUMBER}[日号])"
"""The same without a week: 下周二不对周三 may be of either."""

UNSUITABLE = (
    "(?:(?<!行)不行|(?<!成)不成|(?<!中)不中|没空|没时间|没[工功]夫|不得空|不方便|来不了|到不了|去不了"
    "|有[点些个]?事[儿情]?|不得闲|"
    "(?<!可)不可以|太?忙(?![完好过活])|[约排]?满了(?![吗没么不]))"
)
BUSY = (
    "(?:还?[得要](?![么不上下这])|有(?!.{0,2}[空闲时])|去(?![办取交])|赶|在)"
    "[^，,。周星点天日号]{1,6}"
)
"""What one does on a day that does not suit: 周三上午要开会，周四吧."""

OCCUPIED = (
    "(?:排不开|走不开|抽不[出开]身?|脱不开身?|加班|值班|出差|倒班|夜班|出摊|赶集|开会|"
    "(?<=[我俺都要得])(?:上班|上课)|(?<![们就才一刚快])上班(?=[，,])|(?:下班|放学"
    "|[接送]孩子)(?=[，,])|有[课会]|够呛|悬(?!挂)|约不上|没有了|没了|(?:不办公|不上班|不开门"
    "|关门|休息)(?=[，,])|下[雨雪](?=就|的话|[，,])|没号(?!.{1,8}也))了?"
)
"""What keeps somebody on a day, by itself: 周三加班，周四吧."""

TOO_SOON = "(?:太早|太晚|太赶|早了|晚了|来不及|赶不[上到]|赶不过[来去]|起不来|够呛)[点些]?了?"
RULED_OUT = re.compile(
    rf"(?:除了?|不是|避开|别[约订定选挑安排放在到]{{0,3}}|不要|不用|不必"
    rf"|不想要?){DAY_WORDS}(?:[上下]午|中午)?(?:以外|之外)?"
    rf"|{DAY_WORDS}(?:[上下]午|中午)?(?:除外|不算)"
    rf"|(?<![上下]){PLAIN_DAY}[哦啊呃嗯，,]*不(?:对|是)[，,]*(?={PLAIN_DAY})"
    rf"|{DAY_WORDS}(?:[、和跟]?{DAY_WORDS})*(?:[上下]午|中午)?(?:我|俺)?都?{UNSUITABLE}(?:的话)?"
    rf"|(?:[上下]午|早上|中午|晚上){UNSUITABLE}"
    rf"|{DAY_WORDS}(?:[上下]午|早上|中午)?(?:我|俺)?{BUSY}[，,。]?(?:那|就|改|换|还是"
    rf"|约)*(?={DAY_WORDS})"
    rf"|{HOUR}[点时](?:半|一刻|三刻|{NUMBER}分?)?(?:我|俺)?有?点?(?:{TOO_SOON}|{UNSUITABLE})"
)
"""Days that were named because they do not suit: 周三不行，周四吧."""
PREFERRED = re.compile(
    rf"(?:最好(?:是|在)?|改(?:成|到|在|为)?|换(?:成|到)?|[推挪延调移][迟后]?[到成至]|(?<!不)就是"
    rf"|优先)(?=.{{0,3}}{DAY_WORDS})"
)
"""Leads to the day that is meant of several: 周三周四都有空，最好周四."""

_LEFT_OUT = re.compile(
    rf"(?:除了?|除去|避开|只要不是|只要别是){DAY_WORDS}|{DAY_WORDS}(?:[上下]午)?(?:除外|以外"
    rf"|之外|不算)"
)


def leaves_days_out(text: str) -> bool:
    """Tell whether a text only says which days it is not: 除了周五都行."""
    return _LEFT_OUT.search(text.replace("礼拜", "星期")) is not None
