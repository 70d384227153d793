"""Turns what people say into features: characters, syllables, ideas."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bot.services.reading.wording import normalise, sound

LONGEST = 4
"""Characters of the longest n-gram."""

_COURTESY = re.compile(
    "^(你好|您好|哈喽|在吗|小二|请问一?下?|打扰一?下?|老师|同志|麻烦问一?下|[我俺]?想?(咨询|请教|问问?(?!问))一?下?)+"
    "|(谢谢|多谢|感谢|麻烦|拜托)[你您啦了哦啊]*$"
)

Features = Mapping[str, Mapping[str, int]]
"""Counts of features by view: `c` characters, `p` syllables, `k` ideas and pairs of them."""


class FeatureReader:
    """Reads the features of a text; immutable.

    Args:
        ideas: Words of the same idea, by the idea's name.
    """

    def __init__(self, ideas: Mapping[str, Sequence[str]]) -> None:
        self._idea_of = {normalise(word): name for name, words in ideas.items() for word in words}
        words = sorted(self._idea_of, key=len, reverse=True)
        self._words = re.compile("|".join(map(re.escape, words)) or "(?!)")

    def read(self, text: str) -> Features:
        """Return the counts of a text; greeting and thanks do not count."""
        plain = normalise(text)
        inner = _COURTESY.sub("", plain) or plain
        return {
            "c": Counter(_grams(inner, 1, LONGEST)),
            "p": Counter(_grams(sound(inner), 2, LONGEST - 1)),
            "k": Counter(self._ideas(inner)),
        }

    def read_together(self, texts: Iterable[str]) -> Features:
        """Return the counts of several texts in one; nothing spans two of them."""
        total: dict[str, Counter[str]] = {}
        for text in texts:
            for view, counts in self.read(text).items():
                total.setdefault(view, Counter()).update(counts)
        return total

    def _ideas(self, plain: str) -> Iterator[str]:
        ideas = sorted({self._idea_of[match[0]] for match in self._words.finditer(plain)})
        yield from ideas
        yield from (f"{one}&{other}" for one, other in combinations(ideas, 2))


def _grams(units: Sequence[str], shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(units) - size + 1):
            yield "".join(units[start : start + size])
