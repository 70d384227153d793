"""Recognises that an answer is owned to have been told wrong, in whatever words: 俺给你报差了."""

import re

from bot.services.words.remarks import clauses

_LEAD = "(?:坏了|坏菜了|[哎诶唉呀]|不对|慢着|等等|等会儿?|停|那个|上头|前面|[，, ])*"
LONGEST_REST = 8
"""Signs beside the clause that owns to it, for the whole text to be read as one."""

_OTHERS = "(?![他她它您]|人家|窗口|大厅|[你恁]们|那边|对方|[^，,]{0,4}(?:局|中心|工作人员)|执照|证)"
_WHO = "(?:我|俺|咱|给|跟|你|您|恁|刚才|刚刚|那会儿|好像|可能|怕是|是|都|又|嘴[快瓢]|[，, ])*"
_SLIP = re.compile(
    f"{_LEAD}{_OTHERS}[^，,。？?]{{0,6}}?{_WHO}[说选填写搞报记讲念打输]"
    "(?:的)?(?:给你)?(?:错|差|岔|反|混|颠倒|串|秃噜|瓢)(?:嘴)?(?:了|啦|嘞|咧|哩|喽)+"
)
_ASKED = re.compile("咋|怎么|如何|吗|么$|不$|[?？]|投诉|告")


def tells_slip(text: str) -> bool:
    """Tell whether a text begins with owning to a slip of one's own: 名儿写差了，李建强."""
    parts = clauses(text) or [text]
    told = [part for part in parts if re.fullmatch(_LEAD, part) is None]
    first = (told or parts)[0]
    is_brief = len(text) <= len(first) + LONGEST_REST
    whole = text.strip(" 。！!") if is_brief else first
    is_slip = any(_SLIP.fullmatch(part) is not None for part in (first, whole))
    return is_slip and _ASKED.search(text) is None
