"""What a sentence says of the things that a trade is asked for: 不卖隐形眼镜, 牌子两米."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.services.reading.numerals import NotANumber, read_number
from bot.services.words.matter_remarks import asks, asks_which_licences
from bot.services.words.remarks import clauses

Things = Mapping[str, Sequence[str]]
"""Question to the things that it asks for; kept in `data/start_business/things.yml`."""

FOR_PROFIT = "for_profit"
"""The question for a quality, of which the name alone tells: 营利的."""

NAMED = "named "
"""Begins the name of a question to the words whose mention tells: 请人唱歌, 顺便介绍保姆."""

NEVER = "not "
"""Begins the name of a question to the words that mean a no: 普通装修 is no special work."""

SIGN = "big_sign"
"""The question for a large sign; of a sign only its size tells something."""

LARGE_M = 4.0
"""Metres of a side from which a sign is a large one.

Source: 聊城市户外广告设施和招牌设置管理条例 – the size that the catalogue's question names.
"""

STILL = "还是"
"""At the front of a clause it weighs nothing: 还是主要做生日蛋糕."""

LONGEST_QUESTION = 10
"""Signs of a question that has no subject but what stands before it: 要办啥证."""

_SUPPOSED = re.compile("要是|如果|假如|假设|万一|若是|的话|[卖做带有]呢")
_LATER = re.compile("以后|将来|往后|后面(?:再|打算|想|要|准备)|过(?:两|几)年")
_DO = (
    "请|雇|卖|做|弄|搞|带|用|装|上|加|提供|属于|涉及|包含|含|算|留|设|配|兼|销售|经营|"
    "是|有|要|走|安|挂|摆|供|放|备|按|照|给"
)
_NOT_BEFORE = re.compile(
    rf"(?:(?<!是)不|没|无|别|甭|非)(?:再|想|打算|准备|会|能|让)?(?:{_DO})*"
    r"(?:客人|顾客|住客|人家|孩子|别人)?(?:什么|啥|那些|这些|那种|这种|任何|那个|这个)?$"
)
_NOT_BEHIND = re.compile(
    r"(?:机|啥的|什么的|那些|这些|之类的?)*(?:咱|我|俺|们)*(?:都|也|倒|就|现在|暂时|先)*"
    rf"(?:不(?!用|需|少|错|太|是)|没|无)(?:打算|准备|想)?(?:{_DO})?(?:了|的|啊|呀|吧|哈)*$"
)
_YES_BEFORE = re.compile(
    rf"(?:{_DO})(?:了|着|点|些|个|上|的|有|一点|一些|一?[台个间两俩]|两[台个]|小|少量|几[台个样])*[^不没无别非]{{0,2}}$"
)
_YES_BEHIND = re.compile(
    r"(?:机|啥的|什么的|那些|这些|之类的?)*(?:咱|我|俺|们)*(?:都|也|肯定|还|得|想|会|现|要)*"
    r"(?:卖|做|弄|搞|带|用|装|提供|有|要|开|现做)(?:的|点|些|一点|一些|啊|了|呀|吧|哈)*$|"
    r"(?:有|要|留|大概)?[\d一二两三四五六七八九十几]{1,3}来?[间台张]"
)
_LISTED = re.compile("(?:卖|做|搞|带|经营|提供|有)[^不没无别非]{1,24}(?:[、和跟及与]|还有)$")
"""Ends what stands before a thing of a list: 卖烟和."""

_OF_OTHERS = re.compile(
    "(?:隔壁|对面|楼上|楼下|旁边|附近|挨着|原来|原先|以前|之前|从前|房东|人家)[^，,]{0,6}$"
)
_OF_STAFF = re.compile("(?:雇|招|员工|工人)[^，,]{0,6}$")
"""End what stands before a thing that others have: 隔壁是个食堂, 招人管饭."""

_TOOL_BEHIND = re.compile(
    "机|设备|瓶|罐|盒|箱|袋|包(?!子)|模具|桶|膜|架|桌|椅|衣|服|果(?!盘)|产|泥|暖|管|晶|材|酒(?!店)|膳|"
    "草|法|画"
)
"""Begins what makes another thing of a name: 饮料瓶, 洗车机, 卖水果."""

_WHOLE_BEFORE = re.compile("^(?:就|那|对|嗯|是|我|俺|我们|俺们)*$")
_WHOLE_BEHIND = re.compile("^(?:性|性质|机构|的|那种|呗|吧|啊|呀|嘛)*$")
_INDEFINITE = re.compile(
    "(?<=[不没无])啥|(?<=[不没无][是弄做搞有卖用])(?:啥|什么)|(?:啥|什么)的|"
    "(?<=[留弄做带设开加装摆])几(?=[间个台张桌])"
)
"""A word of questions that asks nothing: 不是啥特殊工程, 牌子啥的, 留几间客房."""

_METRES = re.compile(r"(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)[来多几]?\s*米(?!方)半?")
_BELOW = re.compile(r"(不到|不足|不够|没到|没有|没|不超过?|低于|小于)$")
_SMALL = re.compile(
    "普通|常规|一般|正常|(?<!不)小|(不|没)(是|算|太|怎么|咋|多|那么|这么|有|弄|做|搞|装|要|用|设)*(啥|什么)?大"
)
_SHOP_BEFORE = re.compile("[租盘买接兑找整][^，,]{0,4}$")
"""What stands before 门头 where a whole shop is meant: 租个小门头."""

_LARGE = re.compile("大型|楼顶|特别大|超大")


def things_told(text: str, things: Things, asked: str | None = None) -> dict[str, str]:
    """Return "yes" or "no" by question, for the things of which a text tells something.

    What is asked or supposed tells nothing: 血压计能卖吗, 要是做裱花呢.

    Args:
        text: What was said.
        things: See `Things`.
        asked: The question that is open; the bare name of its thing is a yes.
    """
    found: dict[str, str] = {}
    for clause in _stated(text):
        for question, names in things.items():
            if question.startswith(NEVER):
                if any(name in clause for name in names):
                    found.setdefault(question.removeprefix(NEVER), "no")
                continue
            name = question.removeprefix(NAMED)
            may_be_bare, is_named = name in {asked, FOR_PROFIT}, name != question
            said = (
                _size_of(clause, names)
                if question == SIGN
                else _said_of(clause, names, may_be_bare=may_be_bare, is_named=is_named)
            )
            if said is not None:
                found[name] = "yes" if said else "no"
    return found


def for_now(text: str) -> str:
    """Return a text without what is only thought of for later: 后面打算加个小泳池."""
    kept = [part for part in clauses(text) if _LATER.search(part) is None]
    return "，".join(kept) if len(kept) < len(clauses(text)) else text


def _stated(text: str) -> Iterator[str]:
    """Yield the clauses that state something, without those that a short question follows."""
    parts = [_INDEFINITE.sub("", part.removeprefix(STILL)) for part in clauses(text)]
    for at, part in enumerate(parts):
        behind = parts[at + 1] if at + 1 < len(parts) else ""
        is_begun = asks(behind) and len(behind) <= LONGEST_QUESTION
        is_begun &= at == 0 or not asks_which_licences(behind)  # 开驿站 顺便卖点水 要什么证
        if not (asks(part) or _SUPPOSED.search(part) or (is_begun and not _denies(part))):
            yield part


def _denies(clause: str) -> bool:
    return re.search("不|没|无|普通|小", clause) is not None


def _around(clause: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Return what stands before and behind the thing that a clause names, None for none."""
    named = [name for name in names if name in clause]
    if not named:
        return None
    before, _, behind = clause.partition(max(named, key=len))
    beside = next((name for name in named if before.endswith(name)), None)
    while beside is not None:  # 不弄裱花生鱼片 denies both
        before = before.removesuffix(beside)
        beside = next((name for name in named if before.endswith(name)), None)
    return before, behind


def _said_of(
    clause: str, names: Sequence[str], *, may_be_bare: bool, is_named: bool
) -> bool | None:
    """Return what a clause says of the thing that it names, None for nothing.

    Args:
        clause: What was said.
        names: Of the thing.
        may_be_bare: The thing alone as the whole clause is a yes.
        is_named: The thing named anywhere, and not denied, is a yes.
    """
    around = _around(clause, names)
    if around is None:
        return None
    before, behind = around
    if _OF_OTHERS.search(before):
        return None
    if _NOT_BEFORE.search(before) or _NOT_BEHIND.match(behind):
        return False
    if _YES_BEFORE.search(before) or _LISTED.search(before) or _YES_BEHIND.match(behind):
        return None if _TOOL_BEHIND.match(behind) else True
    if is_named:
        return None if _OF_STAFF.search(before) or _TOOL_BEHIND.match(behind) else True
    is_whole = _WHOLE_BEFORE.match(before) and _WHOLE_BEHIND.match(behind)
    return True if may_be_bare and is_whole else None


def _size_of(clause: str, names: Sequence[str]) -> bool | None:
    """Return whether the sign of which a clause speaks is a large one, None for not told."""
    around = _around(clause, names)
    if around is None:
        return None
    before, behind = around
    measured = [_reaches(clause, found) for found in _METRES.finditer(clause)]
    if measured:
        return any(measured)
    if _SHOP_BEFORE.search(before) or behind.startswith(("房", "店")):
        return None
    if _SMALL.search(clause) or _NOT_BEFORE.search(before) or _NOT_BEHIND.match(behind):
        return False
    return True if _LARGE.search(clause) else None


def _reaches(clause: str, found: re.Match[str]) -> bool:
    try:
        metres = read_number(found[1])
    except NotANumber:
        return False
    before = clause[: found.start()]
    if _BELOW.search(before):
        return metres > LARGE_M
    return metres >= LARGE_M
