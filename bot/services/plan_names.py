"""What people call trades and forms of enterprise, found in their own words."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.places import EnterpriseType

VERBS = "开办做搞干"
"""Leading verbs of aliases (开火锅店) that people leave out when they name the trade."""

SHORTEST = 2
"""Characters a word must have to stand for a longer alias."""


@dataclass(frozen=True)
class Trade:
    """A trade of the catalogue: a one-thing bundle, or an industry without one.

    Attributes:
        name: As applicants read it.
        one_thing_id: The bundle, None when there is none.
        industry_code: GB/T 4754-2017 code, None when the words only name a bundle.
    """

    name: str
    one_thing_id: str | None
    industry_code: str | None


def trades_named(text: str, catalogue: Catalogue) -> tuple[Trade, ...]:
    """Return the trades a text names, the best match first; empty when it names none.

    Args:
        text: A sentence (我想开个火锅店) or the bare name of a trade (火锅).
        catalogue: Bundles and industries with what people call them.
    """
    found: list[tuple[int, Trade]] = []
    for bundle in catalogue.one_things.values():
        score = _score(text, bundle.aliases)
        found.append((score, Trade(bundle.name, bundle.id, None)))
    for industry in catalogue.industries.values():
        score = _score(text, (industry.name, *industry.aliases))
        trade = Trade(industry.name, industry.one_thing_id, industry.code)
        found.append((score, trade))
    ranked = sorted((f for f in found if f[0]), key=lambda f: -f[0])
    return tuple(trade for _, trade in ranked)


def forms_named(text: str, catalogue: Catalogue) -> tuple[EnterpriseType, ...]:
    """Return the forms of enterprise a text names, the best match first."""
    scored = [
        (_score(text, (form.name, form.answer, *form.aliases)), form)
        for form in catalogue.enterprise_types.values()
    ]
    return tuple(form for score, form in sorted(scored, key=lambda s: -s[0]) if score)


def _score(text: str, names: Iterable[str]) -> int:
    """Return how well a text fits: the length of the longest name shared, 0 without any.

    A name inside the text counts double: 开火锅店 says more than the 火锅 inside an alias.
    """
    best = 0
    for name in names:
        stripped = name.lstrip(VERBS)
        core = stripped if len(stripped) >= SHORTEST else name
        if core and core in text:
            best = max(best, 2 * len(core))
        elif len(text) >= SHORTEST and text in core:
            best = max(best, len(text))
    return best
