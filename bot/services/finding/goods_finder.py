"""Finds the kinds of goods that a text asks to sell: by their names, the longest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.goods import Goods
from bot.services.words.selling import asks_to_sell

_BEFORE, _BEHIND = (
    "(?<![^卖售点些个和跟、，, 那])",
    "(?![^能可让得要行中成不吗么嘛吧和跟也都算还需用、，, ?？])",
)
"""What stands around a name of one sign: 能卖烟不, not 烟酒店 or 农药."""

_TRADE = "(?!店|铺|厂|公司|部|行业|馆|站)"
"""What makes a trade of a name: 农药店能卖种子不 asks nothing of 农药."""


_GOING_ON = re.compile("(?:那|还有|要是|换成|改成|[，, ])*(?P<name>[^，,。呢]{1,6})呢[?？]?")


@dataclass(frozen=True)
class GoodsAsked:
    """Goods as a text names them, and their kind."""

    name: str
    kind: Goods


class GoodsFinder:
    """Finds goods by their names."""

    def __init__(self, goods: Iterable[Goods]) -> None:
        """Prepare one expression of all names: O(names)."""
        self._goods = {name: kind for kind in goods for name in kind.names}
        names = sorted(self._goods, key=len, reverse=True)
        self._names = re.compile("|".join(map(_expression, names))) if names else None

    def asked(self, text: str) -> tuple[GoodsAsked, ...]:
        """Return what a text asks to sell; a kind once, empty for none.

        O(length of the text).
        """
        if self._names is None or not asks_to_sell(text):
            return ()
        found: dict[str, GoodsAsked] = {}
        for name in self._names.findall(text):
            kind = self._goods[name]
            found.setdefault(kind.id, GoodsAsked(name, kind))
        return tuple(found.values())

    def gone_on(self, before: str, text: str) -> tuple[GoodsAsked, ...]:
        """Return what a few words go on with behind a question on other goods: 烟花呢."""
        known = self._names if self.asked(before) else None
        going = _GOING_ON.fullmatch(text.strip()) if known is not None else None
        return () if going is None else self.asked(f"能卖{going['name']}吗")


def _expression(name: str) -> str:
    return f"{name}{_TRADE}" if len(name) > 1 else f"{_BEFORE}{name}{_BEHIND}"
