"""Which firm a whistle is for: told in the place of the story, or another one told later."""

import re
from collections.abc import Sequence

from actions.forms.question import Question
from actions.turns.turn import Turn
from bot.services.words.remarks import clauses
from bot.services.words.story import asks_something

_WHO = re.compile(
    "(?:我|俺|咱|们|家|这|那|就|也|不|是|有|个|自己|干|开|办|做|的|，)*"
    "(?:公司|企业|个体工商户|个体户?|小店|店|厂子?|合作社|私人|个人)?(?:的)?"
)
"""The whole of a clause that only says what kind of business it is: 俺家不是公司."""

_CALLED = re.compile(
    "(?:公司|企业|店|厂子?|单位|名称|名字|字号|全称|招牌|[我俺咱们家是那])*"
    "(?:名?叫做?|名称是|名字是|名是)[:：]?(?P<name>[^，,。 \\d我俺你他她人]\\S{1,19})"
)
"""The whole of a clause that gives a name: 叫老王五金."""

_RENAMED = re.compile(
    "(?:公司|企业|店|厂子?|单位|名称|名字|字号|全称)[^，,。]{0,3}?"
    "(?:叫做?|应该是|名是|称是|字是|改成|换成|改为|写成)[:：]?"
    "(?P<name>[^，,。 \\d我俺你他她人]\\S{1,19})"
)
_FIRM = re.compile("[店厂馆司社行部院场坊屋吧室站园城铺楼居阁轩贸饰材械具电服务工程]$")
"""How names of firms end."""


_NO_NAME = re.compile("[的了没不给让我俺咱你您他她说来去办卡拖等找问要]")
"""Stands in what tells something, and in few names."""

SHORTEST_FIRM, LONGEST_FIRM = 4, 16
"""Signs of a firm's name that stands behind a story and is called nothing: 阳谷旺角酒楼."""


def firm_behind(text: str) -> str | None:
    """Return the name of a firm that stands by itself at the end of what is told; None for none.

    食品证卡了二十天没动静 阳谷旺角酒楼.
    """
    parts = clauses(text)
    last = parts[-1].strip("。.!！") if len(parts) > 1 else ""
    is_long = SHORTEST_FIRM <= len(last) <= LONGEST_FIRM
    is_name = is_long and _FIRM.search(last) is not None and _NO_NAME.search(last) is None
    return last if is_name else None


def only_says_who(turn: Turn, questions: Sequence[Question]) -> dict[str, str]:
    """Return the name of the firm where nothing else is told in the place of the story.

    "俺家不是公司 是个体户 叫老王五金" tells nothing of what is stuck.
    """
    slot = _slot(questions)
    if slot is None or turn.choice is not None or asks_something(turn.text):
        return {}
    names = []
    for part in clauses(turn.text):
        found = _CALLED.fullmatch(part)
        if found is not None and _is_name(turn, found["name"]):
            names.append(found["name"])
        elif _WHO.fullmatch(part) is None:
            return {}
    return {slot: names[-1]} if names else {}


def renamed_firm(turn: Turn, questions: Sequence[Question]) -> dict[str, str]:
    """Return the name instead of the one noted: 公司叫聊城鼎恒商贸; nothing for none."""
    slot = _slot(questions)
    if slot is None or slot == turn.requested or turn.slots.get(slot) is None:
        return {}
    found = None if asks_something(turn.text) else _RENAMED.search(turn.text)
    if found is None or turn.choice is not None or not _is_name(turn, found["name"]):
        return {}
    named = turn.entity("company_name") or ""
    name = named if named and named in found[0] else found["name"]
    return {} if name == turn.slots.get(slot) else {slot: name}


def _slot(questions: Sequence[Question]) -> str | None:
    """Return the slot of the name of a firm that a form asks for; None for none."""
    return next((q.slot for q in questions if q.entity == "company_name"), None)


def _is_name(turn: Turn, name: str) -> bool:
    """Tell whether a text reads as the name of a firm: known as one, or it ends like one."""
    kinds = ("company_name", "industry")
    ends = [e.value for e in turn.entities if e.name in kinds]
    return any(name.endswith(end) or end.endswith(name) for end in ends) or bool(_FIRM.search(name))
