"""Finds the trade that a word means which the catalogue does not list: 牛肉面, 鸭血粉丝汤, 剃头.

A linear model learns from the signs and the meaning (`bot/meaning.py`) of all names that the
catalogue gives its trades. Whoever takes a trade from it says by which list it goes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from bot.domain.catalogue import Catalogue
from bot.domain.places import Industry
from bot.services.finding.small_model import SmallModel, Taught
from bot.services.reading.wording import normalise

PENALTY = 0.3

FITS, AHEAD = 0.5, 0.2
"""How well a trade must fit to be taken, and how much better than the next; docs/nlu.md."""

MAY_BE = 0.32
"""How well one must fit to be offered."""

OFFERED = 3
"""So many trades are offered at most."""

LONGEST_WORD = 8
"""Signs of a word that names a trade; a longer text is a sentence."""

REMEMBERED = 256

_BUNDLE_WORDS = re.compile("^开(个|一家)?|“一件事”")


@dataclass(frozen=True)
class LikelyTrade:
    """A trade that a word may mean.

    Attributes:
        key: As slots keep it: "bundle:<id>", or "code:<code>" for one without a bundle.
        score: How well it fits; about 1 for a sure one, near 0 for a stranger.
    """

    key: str
    score: float


def trade_key(industry: Industry) -> str:
    """Return a trade as slots keep it."""
    bundle = industry.one_thing_id
    return f"bundle:{bundle}" if bundle else f"code:{industry.code}"


_COUNTED = re.compile(
    r"[零一二三四五六七八九十百千两几\d]+[多来几]?(个|户|口子?|家|位|名|人|亩|间|层|平米?|方|台|辆|张|头|只|棵|岁|天|年)人?"
)
"""An amount of something says nothing of a trade: 五户 is no 五金."""


class TradeFinder:
    """Knows which trades a word may mean; the model is read at first use.

    Args:
        catalogue: The trades with their names.
        cache: Folder that keeps the trained model between starts; None trains it at first use.
    """

    def __init__(self, catalogue: Catalogue, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._model = SmallModel("trades", self._taught, PENALTY, cache)
        self._ranked = lru_cache(REMEMBERED)(self._rank)

    def sure(self, word: str) -> str | None:
        """Return the key of the one trade that a word means by far; None for none or a sentence."""
        best = self._best(word)
        second = best[1].score if len(best) > 1 else 0.0
        is_sure = bool(best) and best[0].score >= FITS and best[0].score - second >= AHEAD
        return best[0].key if is_sure else None

    def near(self, word: str) -> tuple[LikelyTrade, ...]:
        """Return the trades that a word may mean, the likeliest first; none for a stranger."""
        return tuple(trade for trade in self._best(word) if trade.score >= MAY_BE)

    def prepare(self) -> None:
        """Read or train the model now, so that the first question need not wait."""
        self._model.prepare()

    def _best(self, word: str) -> tuple[LikelyTrade, ...]:
        said = _COUNTED.sub("", normalise(word))
        return self._ranked(said) if 1 < len(said) <= LONGEST_WORD else ()

    def _rank(self, word: str) -> tuple[LikelyTrade, ...]:
        """Return the best trades; O(features x trades) and encoding the word."""
        scores = self._model.scores(word)
        best = [int(at) for at in np.argsort(-scores)[:OFFERED]]
        keys = list(self._names)
        return tuple(LikelyTrade(keys[at], float(scores[at])) for at in best)

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        return names_of_trades(self._catalogue)

    def _taught(self) -> Iterator[Taught]:
        for at, names in enumerate(self._names.values()):
            yield from (Taught(name, (at,)) for name in names)


def names_of_trades(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Return how each trade is called, by its key in the order of the keys; a name once."""
    owner: dict[str, str] = {}
    for key, name in _called_by(catalogue):
        owner.setdefault(name, key)
    named: dict[str, list[str]] = {key: [] for key in sorted(set(owner.values()))}
    for name, key in owner.items():
        named[key].append(name)
    return {key: tuple(names) for key, names in named.items()}


def _called_by(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for industry in catalogue.industries.values():
        yield from ((trade_key(industry), name) for name in (industry.name, *industry.aliases))
    for bundle in catalogue.one_things.values():
        for name in (bundle.name, *bundle.aliases):
            yield f"bundle:{bundle.id}", _BUNDLE_WORDS.sub("", name)
