"""What a first sentence already tells, so that it is not asked again."""

import re

from bot.services.words.steering import story_wanted_instead

_OPENERS = re.compile(
    r"(有(一|这么)?个?件?(事儿?|情况|难处)|(事儿?|情况)?(被|给)?卡(住|在那|那儿)了?|吹(个|一下)?哨|一声|我|俺|咱|们|想|要|需要|请|帮|给|一下|个|来|吹哨|投诉|举报|吐槽|找茬|提|建议|意见|反映|问题|您好|你好|[,，。.!！?？\s])"
)
_MAY = re.compile("(?:中|行|成|可以|能)(?:不|吗|么)")
"""Asks whether one may, and tells nothing of what happened."""

MIN_SUBSTANCE = 4
"""Characters left after the opening words that make a sentence a description."""


def substance(text: str) -> str | None:
    """Return the sentence when it says more than that one wants to complain, else None."""
    if story_wanted_instead(text) is not None and _MAY.search(text):  # 那我吹哨中不中，高唐的
        return None
    rest = _OPENERS.sub("", text)
    return text if len(rest) >= MIN_SUBSTANCE else None
