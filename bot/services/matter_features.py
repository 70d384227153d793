"""Turns what people say into weighted features: characters, syllables, ideas."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from bot.services.wording import normalise, sound

_LONGEST = {"c": 4, "p": 3}
_SHARE = {"c": 1.0, "p": 0.6, "k": 1.0}
_COURTESY = re.compile(
    "^(你好|您好|哈喽|在吗|小二|请问一?下?|打扰一?下?|老师|同志|麻烦问一?下|[我俺]?想?(咨询|请教|问问|问)一?下?)+"
    "|(谢谢|多谢|感谢|麻烦|拜托)[你您啦了哦啊]*$"
)

View = Mapping[str, int]


class FeatureReader:
    """Reads the features of a text; immutable.

    Args:
        concepts: Words of the same idea, by the idea's name.
    """

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        self._concepts = {normalise(w): name for name, words in concepts.items() for w in words}
        words = sorted(self._concepts, key=len, reverse=True)
        self._words = re.compile("|".join(map(re.escape, words)) or "(?!)")

    def read(self, text: str) -> dict[str, View]:
        """Return counts by view: `c` characters, `p` syllables, `k` ideas and pairs of them."""
        plain = normalise(text)
        inner = _COURTESY.sub("", plain) or plain
        return {
            "c": Counter(_grams(inner, 1, _LONGEST["c"])),
            "p": Counter(_grams(sound(inner), 2, _LONGEST["p"])),
            "k": Counter(self._ideas(inner)),
        }

    def ideas(self, text: str) -> list[str]:
        """Return the distinct ideas of a text in the order of their names."""
        plain = normalise(text)
        return sorted({self._concepts[match[0]] for match in self._words.finditer(plain)})

    def _ideas(self, plain: str) -> Iterator[str]:
        ideas = self.ideas(plain)
        yield from ideas
        yield from (f"{one}&{other}" for one, other in combinations(ideas, 2))


def view_weight(view: str) -> float:
    """Return how much a view counts beside the others."""
    return _SHARE[view]


def _grams(units: Sequence[str], shortest: int, longest: int) -> Iterable[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(units) - size + 1):
            yield "".join(units[start : start + size])
