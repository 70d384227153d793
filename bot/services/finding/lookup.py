"""From what people type to what the catalogue holds: matters, places, trades, policies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.domain.catalogue import Catalogue
from bot.domain.matters import Matter
from bot.domain.places import Division
from bot.services.finding.trade_names import TradeNames, is_other_kind
from bot.services.policies.search import PolicySearch
from bot.services.reading.matching import Level, Match, PhraseIndex, Synonyms
from bot.services.reading.wording import normalise

_OPENING = re.compile("^(开办|举办|开个|开|办)")
_MIN_TOWN = 3
_SIZES = "小大"
"""Signs before a trade that do not change it: 小饭馆."""

REMEMBERED = 256
"""Texts whose trade is remembered."""

SURE_TRADE = 0.85
"""From this score on a trade is taken without asking."""


@dataclass(frozen=True)
class TradeMatch:
    """A trade that somebody named.

    Attributes:
        code: GB/T 4754-2017 code; None when only a bundle is known for it.
        one_thing_id: The bundle for this trade, or None.
        name: Name of the class or bundle.
        match: How it was found.
    """

    code: str | None
    one_thing_id: str | None
    name: str
    match: Match

    @property
    def key(self) -> str:
        """The trade as slots keep it: "bundle:<id>", or "code:<code>" for one without a bundle."""
        return f"bundle:{self.one_thing_id}" if self.one_thing_id else f"code:{self.code}"


class Lookup:
    """Search over one catalogue; indexes are built at first use and kept.

    Args:
        catalogue: What to search.
        synonyms: Words that mean the same, of documents and of policies.
    """

    def __init__(self, catalogue: Catalogue, synonyms: Synonyms | None = None) -> None:
        self._catalogue = catalogue
        self._synonyms = synonyms or Synonyms()
        self._materials: dict[str, PhraseIndex] = {}
        self._trade_of = lru_cache(REMEMBERED)(self._find_trade)

    def find_matters(self, text: str, limit: int = 5) -> list[Match]:
        """Return matters that a name or a whole question may mean, best first.

        Below a score of 0.5 a match rests on one rare word: offer it, never take it for granted.
        """
        best: dict[str, Match] = {}
        for variant in _variants(text, self._synonyms.matters):
            for match in self._matters.search(variant, limit):
                known = best.get(match.entry_id)
                if known is None or match.score > known.score:
                    best[match.entry_id] = match
        return sorted(best.values(), key=lambda match: -match.score)[:limit]

    def find_district(self, text: str, limit: int = 3) -> list[Match]:
        """Return divisions and zones, by their names or a town's; the city alone is none."""
        city = self._catalogue.city.name
        if normalise(text) in (city, city.removesuffix("市")):
            return []
        return _named_only(self._districts.search(text, limit, floor=0.6), text)

    def find_enterprise_type(self, text: str, limit: int = 3) -> list[Match]:
        """Return enterprise types that the text names; nothing is guessed from 开个店."""
        return _named_only(self._enterprise_types.search(text, limit, floor=0.6), text)

    def find_industry(self, text: str, limit: int = 3) -> list[TradeMatch]:
        """Return trades that the text names, with their one-thing bundle."""
        matches = self._industries.search(text, 2 * limit, floor=0.6)
        trades = [self._trade(match) for match in matches]
        with_code = {trade.one_thing_id for trade in trades if trade.code is not None}
        return [
            trade
            for trade in trades
            if trade.code is not None or trade.one_thing_id not in with_code
        ][:limit]

    def find_trade(self, text: str) -> str | None:
        """Return "bundle:<id>" or "code:<code>" of the one trade that the text names.

        A name counts before its end, and its end before what is only like it; two trades that are
        equally like the text are none. A turn asks of one text several times, so that the last
        ones are remembered.
        """
        return self._trade_of(text)

    def _find_trade(self, text: str) -> str | None:
        named = self._trade_names.find(text)  # a look by name costs a thousandth of a search
        if named is not None:
            return named
        said = (text, text[1:]) if text[:1] and text[0] in _SIZES else (text,)
        found = [trade for name in said for trade in self.find_industry(name)]
        exact = next((trade for trade in found if trade.match.level is Level.EXACT), None)
        if exact is not None:
            return exact.key
        sure = [trade for trade in found if trade.match.score >= SURE_TRADE]
        sure = [trade for trade in sure if not is_other_kind(text, trade.match.phrase)]
        if sure and any(one.level is Level.EXACT for one in self._matters.search(text, 1)):
            sure = [
                trade for trade in sure if trade.match.level is not Level.FUZZY
            ]  # 注册|租车公司
        best = max((trade.match.score for trade in sure), default=0.0)
        near = {trade.key for trade in sure if trade.match.score == best}
        return near.pop() if len(near) == 1 else None

    def find_project_type(self, text: str, limit: int = 4) -> list[Match]:
        """Return project types; several when the words fit several."""
        return self._project_types.search(text, limit, floor=0.6)

    def find_material(self, matter: Matter, text: str, limit: int = 3) -> list[Match]:
        """Return documents of a matter; `entry_id` is the document's name."""
        index = self._materials.get(matter.id)
        if index is None:
            names = [material.name for material in matter.materials]
            pairs = [
                (name, variant)
                for name in names
                for variant in _variants(name, self._synonyms.materials)
            ]
            index = self._materials.setdefault(matter.id, PhraseIndex(pairs))
        return index.search(text, limit, floor=0.5)

    def find_policies(self, text: str, limit: int = 5) -> list[Match]:
        """Return policies on a topic, best first: by name, alias, and synonyms in their text."""
        return self._policies.search(text, limit)

    def _trade(self, match: Match) -> TradeMatch:
        industry = self._catalogue.industries.get(match.entry_id)
        if industry is not None:
            one_thing_id = industry.one_thing_id or self._bundles.get(match.phrase)
            return TradeMatch(industry.code, one_thing_id, industry.name, match)
        one_thing = self._catalogue.one_thing(match.entry_id)
        return TradeMatch(None, one_thing.id, one_thing.name, match)

    @cached_property
    def _matters(self) -> PhraseIndex:
        matters = self._catalogue.matters.values()
        pairs = list(_names((x.id, x.name, x.aliases) for x in matters))
        kinds = self._catalogue.enterprise_types.values()
        taken = {phrase for _, phrase in pairs} | {y for x in kinds for y in (x.name, *x.aliases)}
        for matter_id, phrase in tuple(pairs):
            trade = _OPENING.sub("", phrase)
            if len(trade) > 1 and trade not in taken:
                pairs.append((matter_id, trade))
                taken.add(trade)
        return PhraseIndex(pairs, whole_questions=True)

    @cached_property
    def _districts(self) -> PhraseIndex:
        districts = self._catalogue.districts.values()
        pairs = list(_names((x.id, x.name, x.aliases) for x in districts))
        taken = {phrase for _, phrase in pairs}
        for district in districts:
            for town in district.towns if isinstance(district, Division) else ():
                short = re.sub("(街道|镇|乡)$", "", town.name)
                pairs.append((district.id, town.name))
                if len(short) >= _MIN_TOWN and short not in taken:
                    pairs.append((district.id, short))
        return PhraseIndex(pairs)

    @cached_property
    def _enterprise_types(self) -> PhraseIndex:
        kinds = self._catalogue.enterprise_types.values()
        return PhraseIndex(_names((x.id, x.name, x.aliases) for x in kinds))

    @cached_property
    def _industries(self) -> PhraseIndex:
        industries = self._catalogue.industries.values()
        pairs = list(_names((x.code, x.name, x.aliases) for x in industries))
        taken = {phrase for _, phrase in pairs}
        pairs += ((bundle, trade) for trade, bundle in self._bundles.items() if trade not in taken)
        return PhraseIndex(pairs)

    @cached_property
    def _trade_names(self) -> TradeNames:
        bundles = {name: f"bundle:{bundle}" for name, bundle in self._bundles.items()}
        names = {
            name: f"bundle:{industry.one_thing_id}" if industry.one_thing_id else code
            for industry in self._catalogue.industries.values()
            for code in (f"code:{industry.code}",)
            for name in (industry.name, *industry.aliases)
        }
        alone = {name: trade for name, trade in names.items() if trade.startswith("bundle:")}
        return TradeNames({**names, **bundles, **alone}, frozenset(bundles))

    @cached_property
    def _bundles(self) -> dict[str, str]:
        """Return bundle ids by trade: 火锅店 for the alias 开火锅店."""
        return {
            _OPENING.sub("", alias): one_thing.id
            for one_thing in self._catalogue.one_things.values()
            for alias in one_thing.aliases
        }

    @cached_property
    def _project_types(self) -> PhraseIndex:
        kinds = self._catalogue.project_types.values()
        return PhraseIndex(_names((x.id, x.name, x.aliases) for x in kinds))

    @cached_property
    def _policies(self) -> PolicySearch:
        return PolicySearch(self._catalogue.policies.values(), self._synonyms.policies)


def _names(entries: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    for entry_id, name, aliases in entries:
        yield from ((entry_id, phrase) for phrase in (name, *aliases))


def _variants(text: str, groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a text, and the text with each synonym in the place of a word."""
    yield text
    plain = normalise(text)
    for group in groups:
        words = sorted((normalise(word) for word in group), key=len, reverse=True)
        used = next((word for word in words if word in plain), None)
        if used is not None:
            yield from (plain.replace(used, word) for word in words if word != used)


def _named_only(matches: list[Match], text: str) -> list[Match]:
    """Keep single characters for exact answers only: 莘 is a county, but not in every text."""
    single = len(normalise(text)) == 1
    return [match for match in matches if not single or match.level is Level.EXACT]
