"""Recognises what is asked of all the steps of a plan at once: who sees to each, what may be left.

A question on one step points at it or names it; these speak of several, or of whichever it is.
"""

import re

from bot.services.words.matter_remarks import asks

LONGEST = 26
"""Characters; a longer text tells more than such a question."""

_SEVERAL = re.compile(
    "[这那](?:些|几|俩|两|一堆|一摊|一套)|分别|挨个|各(?=归|是|由|在|上|去|找|自|属|管)|每一?[个步样项道]|"
    "哪[个些样](?:证|手续|步)?[^，,。]{0,2}(?:能|可以|得|要|归|在)[^，,。]{0,2}(?:网上|线上|手机|大厅|窗口)|"
    "都(?=归|是|在|上|去|找|到|能|得|要)|(?:几|多少)个?(?:部门|地方|窗口|衙门|单位)|"
    "[一1]个?(?:部门|地方|窗口|大厅)[^，,。]{0,4}(?:办|弄|搞|行|齐)"
)
_WHERE = re.compile(
    "哪(?:个|些|几个|里|儿)?(?:部门|单位|局|窗口|地方|衙门|办|去|管|批|弄|跑|交|申请)|[去上到在找归属]哪|找谁|归谁|谁管|谁批|谁负责|"
    "(?:几|多少|一)个?(?:部门|地方|窗口|衙门|单位|大厅)|几处|都(?:归|是|由)[^，,。哪谁]{1,5}(?:管|批|发|审|办)|哪[个些样][^，,。]{0,6}(?:网上|线上|手机)"
)
_PAPERS = re.compile(
    "材料|资料|证明|表格|东西|发票|钱|多久|几天|多少天|啥时候|同时|一块|一起|先|后"
)
_LEFT_OUT = re.compile(
    "(?:哪|啥|什么|有没有|有啥|还有)[^，,。]{0,6}(?:可以|可|能)?(?:以)?(?:"
    "(?:不用|不必|不需要|不去?办|不弄|不跑|免(?!费))(?!了)|省(?:了|掉|去|略)|"
    "(?<![归到由在去个全本外])省[吗不]?$|(?<=[能以可])省(?![钱多税时事心得里厅级局市]))|"
    "(?:哪|啥|什么|有没有)[^，,。]{0,3}(?:自愿|看情况|不是必须|可办可不办|不强制)|"
    "(?:能不能|可不可以|能|可以)少(?:办|跑|弄)(?:几|点|一?些|两|一)"
)
_NOTHING_DONE = re.compile("(?:啥|什么|哪样)(?:手续|证)?[也都]不")
"""Says that nothing at all is done: 啥也不办就扔那呢."""

_HARDEST = re.compile(
    "(?:哪一?[个样步项关道]|哪儿|哪里|谁)(?:证|手续|步)?[^，,。]{0,2}(?:最|比较)"
    "(?:麻烦|慢|难|费|耗|拖|久|长|折腾|折磨|绕|复杂|啰嗦|棘手|头疼|跑腿)|"
    "最(?:麻烦|难[办弄缠]?|费[劲事]|折腾|绕|复杂|啰嗦|头疼)的[^，,。]{0,4}(?:哪|啥|什么)"
)


def asks_who_of_each(text: str) -> bool:
    """Tell whether it is asked who sees to several steps, or where: 这几个证分别找谁办."""
    is_several = _SEVERAL.search(text) is not None and _WHERE.search(text) is not None
    return is_several and len(text) <= LONGEST and asks(text) and _PAPERS.search(text) is None


def counts_licences(text: str) -> bool:
    """Tell whether so many licences are pointed at, and not all the steps: 这俩证都归卫健管吗."""
    return _COUNTED.search(text) is not None


_COUNTED = re.compile("[这那](?:[俩仨]|[两二三四]个)个?(?:证|许可|本|照)?")


def asks_what_is_left_out(text: str) -> bool:
    """Tell whether it is asked which of the steps may be left out: 哪样能省, 有没有不用办的."""
    is_short = len(text) <= LONGEST and _PAPERS.search(text) is None
    is_short = is_short and _NOTHING_DONE.search(text) is None
    return is_short and _LEFT_OUT.search(text) is not None and asks(text)


def asks_for_hardest(text: str) -> bool:
    """Tell whether it is asked which step is the most trouble: 哪个证最难办."""
    return len(text) <= LONGEST and _HARDEST.search(text) is not None


def asks_quicker_way(text: str) -> bool:
    """Tell whether a quicker way through all of it is asked for: 有没有比这快的路子."""
    return len(text) <= LONGEST and _QUICKER.search(text) is not None


_QUICKER = re.compile(
    "(?:有没有|有啥|有什么|还有|啥|什么|有)[^，,。]{0,6}(?:快|省时间|提前|早)[^，,。]{0,3}的?"
    "(?:路子|办法|法子|招|流程|途径|方式|走法|门路)|(?:咋|怎么)[^，,。]{0,4}(?:能|才)[^，,。]{0,3}(?:快|早)(?:点|些|一点)"
)


def asks_what_comes_next(text: str) -> bool:
    """Tell whether it is asked what is done behind a step: 办完执照下一步干啥."""
    return len(text) <= LONGEST and _NEXT.search(text) is not None and asks(text)


_NEXT = re.compile(
    "(?:办|拿|弄|领|批|跑)(?:完|好|到手?|下来|妥)了?[^，,。]{0,6}[，, ]?"
    "(?:下一步|下面|接下来|接着|然后|之后|以后|后头|完了)[^，,。每年月]{0,3}(?:干|办|弄|跑|做|是|该|咋|怎么)"
)
