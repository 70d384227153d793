"""A time that is told before the one that is wished; part of `time_phrases`.

昨天打电话让我约，那就明天下午吧: the wish stands in the last clause, and what was told before it
is no wish.
"""

import re

from bot.services.time_phrases.clock import CLOCK, PARTS
from bot.services.time_phrases.library import FEAST
from bot.services.time_phrases.unsuitable import DAY_WORDS

_CLAUSE_END = re.compile("[，,。?!;；？！…]+")
_PART = "|".join(pattern.pattern for pattern, _ in PARTS)
_DAY = re.compile(rf"{DAY_WORDS}|元旦|月底|{FEAST.pattern}")
_TIME = re.compile(rf"{DAY_WORDS}|{_PART}|昨天|前天|月底|{FEAST.pattern}")
_WISH = re.compile(
    "^(?:那|就|约|改|最[晚早迟好]|还是)|(?:吧|行[吗不么]|可以吗?|[成中][吗不]|[能办去约]吗|咋样)$"
)
_ALSO = re.compile("也|或|都|要不|要是|再|取")
"""Says that the day stands beside another one: 周四也行."""

_BARE = re.compile("[我俺咱就那吧嗯呃啊哦的是了、 ]")
FEWEST_SIGNS = 2
"""Signs beside the time that make a clause a story: 周五[年会]."""


def without_told(words: str) -> str:
    """Return the last clause, where it wishes for a day and the ones before tell of another.

    Args:
        words: A normalised phrase.
    """
    *before, last = [part for part in _CLAUSE_END.split(words) if part] or [""]
    told = "，".join(before)
    if not told or not _DAY.search(last) or not _WISH.search(last) or _ALSO.search(last):
        return words
    is_timed = _TIME.search(told) is not None
    rest = _BARE.sub("", CLOCK.sub("", _TIME.sub("", told))).replace("，", "")
    fewest = 1 if last[0] in "那约" else FEWEST_SIGNS
    if not is_timed or len(rest) < fewest:
        return words
    needs_hour = CLOCK.search(last) is None and re.search(_PART, last) is None
    return words if needs_hour and CLOCK.search(told) else last
