"""Reads what else of a business is asked after behind a change of it: 银行那边呢, 公章用换不."""

import re

_THING = re.compile(
    "(?:那|还有|另外|对了|再就是|[，, ])*(?:俺|我|咱)?们?(?:公司|店里)?的?"
    "(?P<thing>银行|对公户|公章|印章|财务章|合同章|发票章|税务|税|社保|医保|公积金|海关|商标|合同|发票|网店|房产证|车)"
    "(?P<rest>[^，,。？?几多啥哪谁咋]{0,12}[?？]?)"
)
_SAME = {"对公户": "银行", "印章": "公章", "财务章": "公章", "合同章": "公章", "税": "税务"}
"""What means the same as another thing, or belongs to it."""

_ASKS_FIRST = re.compile("^(?:那边)?(?:用不用|要不要|得不得|是不是|需不需要)")
_ASKS = re.compile("呢|[改换变动刻去]|更新|通知|跟着")
_ENDS = re.compile("(?:呢|[吗嘛么不没])[?？]?$")


def thing_beside(text: str) -> str | None:
    """Return what a short question names beside the change spoken of; None for no such question."""
    found = _THING.fullmatch(text.strip())
    if found is None:
        return None
    rest = found["rest"]
    is_asked = _ASKS.search(rest) is not None and (_ENDS.search(rest) or _ASKS_FIRST.search(rest))
    return _SAME.get(found["thing"], found["thing"]) if is_asked else None


_INTO = re.compile(
    "(?:我们?|俺们?|咱|又|也|都|后来|现在|打算|准备|想|要)*(?:改|换|变|弄)(?:成|为|到|做)"
    "(?P<what>[^，,。 的]{2,8}?)(?:的)?(?:了|吧|啊|呢)*"
)


def changed_into(text: str) -> str:
    """Return what something was changed into: 两层 in 改成两层了; "" where nothing is named."""
    found = _INTO.fullmatch(text.strip(" 。！!"))
    return "" if found is None else found["what"]
