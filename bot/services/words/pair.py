"""Reads two goods that one question names: 血压计跟隐形眼镜能搁一块卖不."""

import re

_PAIR = re.compile(
    "^(?:那|要是|我|俺|店里|想|还|顺带|顺便|捎带|再|另外|[，, ])*(?:卖|搁|放|摆)?(?:点|些)?"
    "(?P<one>[^跟和与、，, 能要]{2,8})(?:跟|和|与|、|还有)"
    "(?P<other>[^跟和与、，, 能都可要用得也一搁放]{2,8})"
    "(?P<asked>[，, ]?(?:能|都|可以|可|要|用|得|也|一块儿?|一起|搁|放)[^，,。]{0,12})$"
)
_SOLD = re.compile("卖|售|摆|搁|经营|办[啥证]|要证|许可|备案")


def goods_in(text: str) -> tuple[str, str] | None:
    """Return the question asked of each of two goods by itself; None where no two are sold."""
    found = _PAIR.match(text)
    if found is None or _SOLD.search(text) is None:
        return None
    return f"{found['one']}{found['asked']}", f"{found['other']}{found['asked']}"
