"""Recognises that an answer is left for later, before something else is wanted: 面积回头再说."""

import re

_LATER = "(?:回头|待会儿?|等会儿?|过后|改天|晚点|一?会儿|以后|后头|后面|慢慢|完了|先放着?)"
_SAYS = "(?:说|讲|报|填|定|提|弄|答|告诉你|想|看|量)"
_PUTS_OFF = re.compile(
    f"(?:那|这|个|先|我|俺|哎|唉|[，, ])*[^，,。？?]{{0,6}}?(?:{_LATER}[我俺咱]?(?:再|就)?{_SAYS}"
    f"|先(?:不|别|甭){_SAYS}|先(?:放放|放一放|放一边|撂一边|搁一边|搁着|搁那))"
    "(?:吧|了|呗|哈|啊|它|这个)*"
)


def puts_off(part: str) -> bool:
    """Tell whether a clause only leaves something for later: 面积回头再说, 那个先不说."""
    return _PUTS_OFF.fullmatch(part.strip()) is not None
