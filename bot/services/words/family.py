"""Recognises that a field of work is asked for, and none of its matters: 消防手续咋弄."""

import re
from collections.abc import Iterable

LONGEST = 16

_LEAD = "(?:我|俺|想|要|问|请问|咨询|打听|一下|下|那|个|这|[，, ])*"
_WHAT = "(?:这块|方面|那边|上|的)?(?:手续|审批|证件?|事[儿情]?|那一套)?"
_ASKS = "(?:咋|怎么|怎样|如何|哪些|啥|什么)?"
_HOW = (
    f"(?:都|得|要|该|需要)*{_ASKS}(?:办|弄|走|跑|整|搞|准备)理?"
    "(?:啥|什么|哪些|手续)*[呢啊呀]?[?？]?"
)


def field_asked(text: str, names: Iterable[str]) -> str | None:
    """Return the field that a text asks how to see to, and says nothing else; None for none.

    Args:
        text: What was said.
        names: What the fields are called.
    """
    if len(text) > LONGEST:
        return None
    known = (name for name in names if name in text)
    return next((name for name in known if _asks(text, name)), None)


def _asks(text: str, name: str) -> bool:
    return re.fullmatch(f"{_LEAD}{re.escape(name)}{_WHAT}{_HOW}", text.strip()) is not None
