"""Reads that a business licence is in hand and it is asked what comes next: 执照拿到了 后头干啥."""

import re

from bot.services.words.remarks import clauses

_LICENCE = "(?:营业执照|执照|(?<![牌拍护驾关遵对参依按])照)"
_HAVE = "(?:拿|领|办|取|批|发|弄|跑)(?:到|完|好|妥|下来|出来|回来|了)+(?:手|家)?"
_GOT = re.compile(
    f"{_LICENCE}[^，,。？?没不]{{0,8}}?(?:(?:{_HAVE}|下来|到手|有|拿|领|办)(?:了|啦|喽|以后|之后|后|完)|"
    f"{_HAVE}(?:[，, ]|$))|{_HAVE}(?:个体户?|公司|营业|的|这个?|那个?)*{_LICENCE}"
)
"""Tells of the licence in hand, or supposes it: 公司执照昨天领到手了, 拿完执照以后."""
_ASKS = "(?:[干办弄做跑整搞忙](?:些|点)?(?:啥|什么|哪)|(?:咋|怎么)[办弄整搞走])"
_NEXT = re.compile(
    "(?:后头|后面|后边|往后|往下|再往后|接下来|接着|下一?步|下面|然后|完了|之后|以后|现在|剩下)"
    f"[^，,。？?]{{0,8}}{_ASKS}|"
    "(?:还|再|就|又|先|都)(?:要|得|该|需要|用|有|去|是)+(?:去|再|先|给|接着)*"
    f"(?:{_ASKS}|(?:哪些|啥|什么|几)(?:个|样)?(?:事|手续|步骤|要办|没办|得办))|"
    "(?:后头|后面|接下来|往后|下一?步|然后)(?:呢|(?:是|该)?(?:啥|什么)(?:手续|事|流程|步骤)?)[?？]?$"
)
_ELSE = re.compile(
    "许可证|备案|注销|变更|年报|丢|补办|补领|到期|改(?:名|地址)|换|借|租给|开(?:门|业)[^，,。]{0,4}行|"
    "多久|几天|多少|花钱|要钱|收费|材料|[带备交]啥|开工|施工|驾|规划|(?:还|没)差[^，,。]{0,3}[证照]"
)
"""Something of its own that is asked of it."""

_OFFICE = re.compile("税务(?!变更|注销|迁|行政|登记证)|(?<!报|缴|交|欠|免|退|清)税(?=那[边块儿])")
_BY_WHEN = re.compile(
    "(?:多少天|几天|多久|多长时间|几个?月)(?:里头?|之内|以内|内|前)?(?:就|才)?(?:得|要|必须|该|需要)[^，,。？?]{0,3}(?:去|报到|登记|办)|"
    "(?:最晚|最迟)[^，,。？?]{0,3}(?:啥时候|什么时候|几天|哪天|多久|几号)|"
    "(?:啥时候|什么时候|多久)(?:之?前|以前)(?:得|要|必须)?(?:去|报到|登记|办)"
)
_TO_OFFICE = re.compile(
    "(?:还|要不要|用不用|需不需要|不|没)(?:得|要|用|需要)?(?:再)?(?:去|跑|管|报到|登记|办)"
)
_TAX_ELSE = re.compile("变更|注销|清税|迁|申报|报税|缴|交税|年报|发票|查账|稽查|滞纳|罚")

LONGEST = 40
"""Signs of a text that tells no more than that."""


def has_licence_and_asks_next(text: str) -> bool:
    """Tell whether a business licence is in hand and what comes next is asked.

    "个体户的执照昨儿拿到手了 后头还得干点啥"; also of one supposed: 拿完执照还得干啥.
    """
    if len(text) > LONGEST or _ELSE.search(text) is not None:
        return False
    parts = clauses(text) or [text]
    return _GOT.search(text) is not None and any(map(_NEXT.search, parts))


def asks_by_when_taxes(text: str) -> bool:
    """Tell whether it is asked by when a new business goes to the tax office.

    "税务那边多少天里头得去"; when taxes are declared or a change is told is another matter.
    """
    is_needed = _GOT.search(text) is not None and _TO_OFFICE.search(text) is not None
    is_asked = _OFFICE.search(text) is not None and (is_needed or bool(_BY_WHEN.search(text)))
    return is_asked and len(text) <= LONGEST // 2 and _TAX_ELSE.search(text) is None


_OPENED = re.compile(
    "[开办弄干搞做](?:的是|的|了)?(?:一?[个家间])?([\u4e00-\u9fff]{2,4}?)"
    "(?=的|还|要|得|后|接|该|[，, ]|$)"
)


def things_opened(text: str) -> list[str]:
    """Return what may be the names of the trades that a text says are opened: 开超市还得办啥."""
    return [name for name in _OPENED.findall(text) if "照" not in name]
