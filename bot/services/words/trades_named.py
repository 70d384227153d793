"""Tells which trades a sentence names, and that a question of the catalogue is about others.

"居民楼下能开饭店吗" says nothing to who asks whether a print shop may open there.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from bot.domain.catalogue import Catalogue

SHORTEST = 2
"""Signs of a name; one sign names no trade by itself."""

SECTION = 1
"""Signs of a code that names a section only (C, all that is made): no trade."""

GROUP = 4
"""Signs of a code that trades of one group share: H621, all that serve meals."""

REMEMBERED = 1024


class TradesNamed:
    """Knows the names of all trades; built at first use.

    Args:
        catalogue: Its industries and bundles.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.named_in = lru_cache(REMEMBERED)(self._named_in)

    def is_of_others(self, text: str, question: str) -> bool:
        """Tell whether a question names trades of which a text, that names some, names none.

        Args:
            text: What is asked.
            question: A question of the catalogue.

        Cost: O(signs).
        """
        theirs = self.named_in(question)
        own = self.named_in(text) if theirs else frozenset()
        return bool(own) and not own & theirs

    def names_in(self, text: str) -> list[str]:
        """Return the names of trades that stand in a text, in its order: 澡堂."""
        return list(self._pattern.findall(text))

    def _named_in(self, text: str) -> frozenset[str]:
        found = self._pattern.findall(text)
        return frozenset(kind for name in found for kind in self._kinds[name])

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        """Return of each name the bundles and groups of trades that it stands for."""
        kinds: dict[str, set[str]] = {}

        def add(names: Iterable[str], *found: str | None) -> None:
            for name in names:
                if len(name) >= SHORTEST:
                    kinds.setdefault(name, set()).update(filter(None, found))

        for one in self._catalogue.industries.values():
            if len(one.code) > SECTION:
                add(one.aliases, one.one_thing_id, one.code[:GROUP])
        for bundle in self._catalogue.one_things.values():
            add(bundle.aliases, bundle.id)
        return {name: frozenset(found) for name, found in kinds.items() if found}

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        """Return what finds the longest names first."""
        names = sorted(self._kinds, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)))
