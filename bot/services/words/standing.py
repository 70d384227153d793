"""What is said of a plan that stands: when it ends, why a step is so late, done again otherwise."""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

LONGEST = 22
"""Signs of a clause that asks for the end of a plan; a longer one tells something else."""

_WHEN = (
    "(?:啥时候|什么时候|啥时间|什么时间|何时|几号|哪天|哪一天|多久|多少天|几天|多长时间|多少日子|"
    "最快|最早)"
)
_DONE = (
    "(?:[办弄搞跑整忙][^，,。]{0,3}(?:完|好|齐|成|妥|利索|下来)|搞定|完事|全齐|办全|"
    "开业|开张|开门|营业|开起来|开得起来|干起来)"
)
_END = re.compile(
    f"{_WHEN}[^，,。不必内会]{{0,8}}{_DONE}|"
    f"{_DONE}[^，,。不必内会]{{0,6}}{_WHEN}[能可以完到天呢呀啊吧的]*[?？]?$"
)
_WHOLE = (
    "(?:从头到尾|从头到脚|一共|总共|全程|全下来|整个|拢共|统共|前后|满打满算|里外里|通共|一套下来|"
    "主流程|全流程|全过程)"
)
_WHOLE_TIME = re.compile(f"{_WHOLE}[^，,。]{{0,6}}(?:{_WHEN}|几个月|多少日|(?:多少|几)个?工作日)")
_STILL = re.compile("还[能可算行走属][^，,。]{0,8}[不吗么嘛没][?？]?$")
_NOT_DONE = re.compile("(?:还|压根|根本|可|都|并)*(?:没|未|没有)[去给]?(?:办|弄|做|报|拿)(?!法)")
_PUT_OFF = re.compile(
    "先不[办弄管做]|不[办弄]就|没[办弄]就|没拿到|没下来|晚点[办弄]|往后拖|(?:悄悄|偷偷|先)(?:试?营业|开业|开门|开张|干)"
)
_BUILD = "(?:开工|动工|开建|开始盖|动土)"
_BUILDS = re.compile(f"{_WHEN}[^，,。]{{0,8}}{_BUILD}|{_BUILD}[^，,。]{{0,6}}{_WHEN}")
_AT_ONCE = re.compile("拿地[即就]?开工")
_LATE = re.compile(
    "(?:为啥|为什么|咋|怎么|凭啥)[^，,。]{0,5}(?:排到|排在|等到|拖到|这么[晚久慢]|那么[晚久慢]|"
    "到(?=[\\d十]+号|\\d+月))|(?:为啥|为什么|咋|怎么)[^，,。]{0,3}没(?:给[我俺咱])?[^，,。]{0,2}[排列]"
)
_SWAPPED = re.compile(
    "[换改挪搬迁移][^，,。]{0,4}[成到在去为做]|换(?:个|一个)|(?:要是|如果|假如).{0,6}[开办放设]在"
)
_RUNS = re.compile(
    "已经|以后|今后|将来|办好了|拿到|开了|干了|营业着|以前|原来[^，,。]{0,3}(?:是|办)|转[型成为]|升级|变更|手续|材料|怎么[办弄]|咋[办弄]"
)
_COMPARED = re.compile(
    "(?:快|提前|晚|早|慢|缩短)(?:多少|几天|多久|不少|些)|[少多省差](?:几天|多少天|多长时间)|变不变|有变化|"
    "(?:日子|日期|时间|天数)[^，,。]{0,4}(?:变|一样|差|受影响)|影响(?:日子|日期|时间)"
)
_DROPPED = re.compile(
    "(?:(?<!是)不|没|别)(?:再|给|打算|想|准备)?[^，,。不]{0,3}(?:请|雇|招|做|卖|带|弄|要|搞|加|供|提供|设)[^，,。吗么]{0,8}了(?![吗么不])"
)
_IF = re.compile("那?(?:要是|如果|假如)")
_NEXT_MONTH = re.compile("下个?月(?!\\d|[一二三四五六七八九十]+号)")


_RUNS_ALREADY = re.compile(
    "以后|将来|今后|已经[^，,。]{0,4}(?:开|干|营业|经营|注册|登记)|[开干办][了过][^，,。]{0,4}[年月]|(?:执照|证)(?:早|都|已经)(?:有|办|拿)"
)


def runs_already(text: str) -> bool:
    """Tell whether a business is said to run by then: 我公司已经开了两年, 要是以后搬到阳谷."""
    return _RUNS_ALREADY.search(text) is not None


def asks_end(text: str) -> bool:
    """Tell whether it is asked when all of a plan is done: 啥时候能弄完, 最快哪天能开业."""
    return any(_asks(_END, part) for part in clauses(text) or [text])


def asks_whole_time(text: str) -> bool:
    """Tell whether the days of all of it are asked for: 那像我这种从头到尾多少天."""
    return _asks(_WHOLE_TIME, text)


def asks_if_still(text: str) -> bool:
    """Tell whether it is asked if the plan still holds with what is told: 三千二百平 还能走不."""
    return any(_STILL.search(part) for part in clauses(text) or [text])


def says_not_done(text: str) -> bool:
    """Tell whether a step is said to be open still: 备案我可没办呢 你咋写已办."""
    return _NOT_DONE.search(text) is not None


def puts_step_off(text: str) -> bool:
    """Tell whether business is to begin before a step is done: 消防先不办 悄悄试营业行不."""
    return _PUT_OFF.search(text) is not None and any(map(asks, clauses(text) or [text]))


def means_all(text: str) -> bool:
    """Tell whether the end of all is meant, while one matter is spoken of: 啥时候能弄完."""
    return re.search("[完全齐都]|开[业张门]|营业|起来", text) is not None


def asks_when_built(text: str) -> bool:
    """Tell whether it is asked when building may begin: 开工最早啥时候.

    拿地即开工最快几天 asks for the limit of that kind.
    """
    plain = _AT_ONCE.sub("", text)
    return any(_asks(_BUILDS, part) for part in clauses(plain) or [plain])


_GOT = re.compile(
    "(?:拿到手?|到手|领(?:到|回来)?|批(?:下来|了|完)|下来|办(?:好|完|妥|出来|下来))(?:了|啦|喽)(?:已经)?$"
)
_WHAT_NEXT = re.compile(
    "(?:下面|接下来|下一步|接着|然后|往下|再往后|后头|现在)[^，,。]{0,3}(?:该|要|得|去|再|是|还|干|办|弄|跑|整)"
)


def got_and_asks_next(text: str) -> str | None:
    """Return what is said to be got where it is asked what comes next; None for another text.

    "营业执照昨天拿到了 下面该干啥".
    """
    first, *more = clauses(text) or [text]
    is_got = _GOT.search(first) is not None and not asks(first) and "没" not in first
    return first if is_got and any(map(_WHAT_NEXT.search, more)) else None


def asks_why_late(text: str) -> bool:
    """Tell whether it is asked why a step of a plan is so late: 为啥排到14号."""
    return _LATE.search(text) is not None


def swaps_answer(text: str) -> bool:
    """Tell whether a plan that stands is to have another answer: 要是换成公司呢, 地址换到阳谷.

    What is said of a business that runs already is a change of its own: 已经办好了，想换成公司.
    """
    return _SWAPPED.search(text) is not None and _RUNS.search(text) is None


def dropped_from(text: str) -> str | None:
    """Return a text in which something of the plan is given up, without its "if"; None for no such.

    "那要是晚上不请歌手了 是不是快点", "刚才那个酒吧 不要驻唱了 重新排一下".
    """
    if _DROPPED.search(text) is None or _RUNS.search(text) is not None:
        return None
    return _IF.sub("", text)


def compares_plans(text: str) -> bool:
    """Tell whether it is asked what another answer changes: 那能快多少, 日子变不变."""
    return _COMPARED.search(text) is not None and _RUNS.search(text) is None


def names_next_month(text: str) -> bool:
    """Tell whether a text speaks of the next month, and of no day in it."""
    return _NEXT_MONTH.search(text) is not None


def _asks(pattern: re.Pattern[str], part: str) -> bool:
    is_short = len(part) <= LONGEST
    return is_short and pattern.search(part) is not None and (asks(part) or "最" in part)
