"""How signs sound, for what is typed by its sound, and which pairs of signs are words."""

from functools import lru_cache

import jieba
import pypinyin

from bot.domain.near_sounds import near_syllable

MEANT = frozenset("不没要说是想")
"""Signs that are never a slip: 不办执照 is not 补办执照."""

SMALL_WORDS = frozenset("就也都还才是有的了在这那")
"""Signs that are words of their own, so that a name of two signs is no slip: 一个[就行]."""

COMMON = 450
"""Count in jieba's dictionary from which on two signs are an everyday word."""


def sounds(text: str) -> tuple[str, ...]:
    """Return the syllable of each sign, near ones as one."""
    return tuple(map(_syllable, text))


@lru_cache(maxsize=16384)
def _syllable(character: str) -> str:
    said = str(pypinyin.lazy_pinyin(character)[0])
    return said if character.isascii() else near_syllable(said)


def is_word(pair: str, least: int = COMMON) -> bool:
    """Tell whether two signs at the edge of a name belong together: 卫生许可[正在]办."""
    jieba.dt.check_initialized()
    return len(pair) > 1 and (jieba.get_FREQ(pair) or 0) >= least
