"""Reads what a firm is or has, and what it is not or lacks, of the facts that policies ask for.

没有高企 and 高企还没评上 deny what they name; 高企税率多少 tells nothing of the firm.
"""

import re
from collections.abc import Iterator, Mapping

from bot.services.reading.numerals import NotANumber, read_number
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

_NAMES: Mapping[str, str] = {
    "hightech_valid": "(?:高企|国高|高新(?:技术)?企业|高新(?![区路园产技企]))",
    "tech_sme": "(?:科小|科技型?中小(?:型?企业)?|(?<![^，,。没已早都刚还有])(?:没有?|已经|早就|都|"
    "刚)?入库(?=了|$))",
    "first_time_founder": "(?:头一回|头一次|第一次|首次)(?:创业|开[店厂]|办企业|办厂|当老板|领照|"
    "领执照|办执照)",
    "procurement_bidder": "(?:政府采购|政府的?[招投]?标)",
    "manufacturing": "制造(?:业|企业|类|行业)?",
    "in_liaocheng": "聊城",
    "owes_wage": "(?:拖欠|失信|黑名单|老赖|欠(?:着|过|了)?(?:税|工资|薪|社保|别人钱|银行))",
    "rd_expense": "研发",
}
"""Field of a profile, and what it is called by."""

_NO = (
    "(?:(?<!有)没有?|还没有?|从没有?|从来没有?|不是|又不是|不算|不属于|算不上|不搞|不做|不干|"
    "不参加|不沾|不碰|不在|"
    "没(?:办|评|拿|申请|认定|弄|考|入|搞|做|花|参加|投|列|上|进)[上过到下入进]*)"
)
_BEFORE = f"{_NO}(?:一个|什么|任何|这个|那个|[个啥的是过上在做搞干])*(?:[^，,。？?]{{0,2}}?)"
_BEHIND = (
    "[^，,。？?]{0,4}?(?:还没|没有?|过期|到期|作废|失效|取消|吊销|不是|不搞|不做|也没)"
    "(?:有|评|办|拿|批|认定|申请|弄|入|下|搞|做|花|上|过|到|来|钱|证|了|呢|啊|的|吧)*$"
)
_OPEN = re.compile("有没有|是不是|算不算|要是|如果|假如|万一|哪怕|倘若")
"""Neither has nor lacks: 有没有高企都行吗."""

_WISHED = re.compile("(?:想|要|打算|准备|申请|申报|争取|正在|在办|冲着?|奔着?|报)[^，,。？?]{0,4}$")
_OTHERS = re.compile("他们?|她们?|甲方|人家|对方|客户|老板")
"""Who owes the firm: 甲方拖欠货款 is none of its own debts."""

_OWN = (
    "(?:[我俺咱]们?(?:公司|厂|店|家|这)?(?:也|就|都|已经|刚|早)?(?:是|有|算)|(?<!不)(?<!还)(?:是|"
    "有|算|属于)|刚|已经?|早就?|评[上了]|拿[到了]|办[了下]|"
    "认定|入[了过]|参加过?|投过?|[做搞]|上了|列入|列了|在)[^，,。？?]{0,4}"
)
_SPEAKER = re.compile("[我俺咱]|刚|已经?|早就")

_WEAK = frozenset({"in_liaocheng", "manufacturing", "owes_wage"})
_WEAK |= {"procurement_bidder", "rd_expense"}
"""Fields whose names are said of other things as well: a yes wants a word of one's own."""

_ZERO = frozenset({"rd_expense"})
"""Amounts: a denial tells nought, and a yes not how much."""

_REVENUE = re.compile(
    "(?<![月季天日])(?:年(?:度|的|里|我们|公司|大概|也就|差不多)*(?:总)?(?:销售)?(?:收入|营收|"
    "营业额|销售额|流水)|"
    "(?<![月季])(?:销售|营业)收入|(?<![月季])营业额|(?<![月季])营收)"
    "[^\\d一二三四五六七八九十百两，,。月季]{0,6}?"
    "(?P<sum>[\\d.]+|[一二三四五六七八九十百零两]+)[多来几]?(?P<unit>[千百]万|万|亿)"
)
_FACTOR = {"万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}


def told_flags(text: str) -> Mapping[str, bool | float]:
    """Return the fields that a text says the firm has or lacks; none that it only asks about."""
    told: dict[str, bool | float] = {}
    for part in clauses(text):
        for field, value in _flags(part):
            told.setdefault(field, value)
    return told


def told_revenue(text: str) -> float | None:
    """Return the sales of a year that a text tells in yuan: 去年收入三百来万; None for none."""
    said = _REVENUE.search(text)
    if said is None or asks(text[: said.end()]):
        return None
    try:
        return read_number(said["sum"]) * _FACTOR[said["unit"]]
    except NotANumber:
        return None


def _flags(part: str) -> Iterator[tuple[str, bool | float]]:
    is_asked = asks(part)
    for field, name in _NAMES.items():
        if re.search(name, part) is None or _OPEN.search(part):
            continue
        if field == "owes_wage" and _OTHERS.search(part):
            continue
        lacks = re.search(_BEFORE + name, part) or re.search(name + _BEHIND, part)
        if lacks and not is_asked:
            yield field, 0.0 if field in _ZERO else False
        elif not lacks and field not in _ZERO and _has(field, name, part, is_asked=is_asked):
            yield field, True


def _has(field: str, name: str, part: str, *, is_asked: bool) -> bool:
    if _WISHED.search(re.split(name, part)[0]):  # 想评个高企
        return False
    own = re.search(_OWN + name, part)
    if is_asked:  # 我们是高企能享受啥, but not 是高企吗
        return own is not None and _SPEAKER.search(own[0]) is not None
    return own is not None if field in _WEAK else True
