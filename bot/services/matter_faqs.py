"""Finds the question of the catalogue that a sentence about a matter asks."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.wording import content, core, normalise

ALIKE = 0.5
"""Share of a question's signs and pairs of signs that a sentence must hold."""

KEPT = 4096
"""Questions whose signs are kept; the catalogue has about 2,000."""

SHORTEST = 3
"""Signs of a question, without words that any question has, that tell what it asks."""

FEWEST = 2
"""Signs that both must share."""

_VALIDITY = re.compile(
    "有效期|到期|过期|(?:管|能?用|顶)(?:几|多少)年|(?:几|多少)年(?:一)?(?:换|续|审)|多久换|提前(?:几|多)|续(?:期|证|办)?"
)


def fitting_faq(text: str, matters: Iterable[Matter]) -> Faq | None:
    """Return the question that a sentence asks, with its answer; None for none.

    Args:
        text: What is asked.
        matters: Those that may be meant; of questions equally alike the first one's counts.
    """
    best, found = 0.0, None
    plain = normalise(text)
    for matter in matters:
        names = _names(matter)
        said = core(_without(plain, names))
        signs, pairs = frozenset(said), _pairs(said)
        for faq in matter.faqs:
            score = _alike(signs, pairs, _asked(faq.question, names))
            if score >= ALIKE and score > best:
                best, found = score, faq
    return found


def says_more(text: str, matter: Matter, topic_words: Iterable[str] = ()) -> bool:
    """Tell whether a text says more than the name of a matter and one of the plain questions."""
    rest = _without(normalise(text), _names(matter))
    for word in sorted(topic_words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(content(rest)) >= FEWEST


def asks_validity(text: str) -> bool:
    """Tell whether it is asked how long a licence holds, or when it is renewed."""
    return _VALIDITY.search(text) is not None


def _names(matter: Matter) -> tuple[str, ...]:
    """Return the names of a matter, longest first, also as they are without their brackets."""
    return _normalised((matter.name, matter.name.partition("（")[0], *matter.aliases))


@lru_cache(KEPT)
def _normalised(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(normalise(name) for name in sorted(names, key=len, reverse=True))


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


@lru_cache(KEPT)
def _asked(question: str, names: tuple[str, ...]) -> "_Signs":
    """Return the signs of a question of the catalogue, which never change, without the names."""
    asked = core(_without(normalise(question), names))
    return _Signs(len(asked), frozenset(asked), _pairs(asked))


class _Signs(NamedTuple):
    """Signs of a question and pairs of signs beside each other."""

    length: int
    signs: frozenset[str]
    pairs: frozenset[str]


def _alike(signs: frozenset[str], pairs: frozenset[str], asked: _Signs) -> float:
    """Return how much of a question stands in what was said, 0..1."""
    if asked.length < SHORTEST or not asked.pairs:
        return 0.0
    shared = asked.signs & signs
    if len(shared) < FEWEST:
        return 0.0
    both = asked.pairs & pairs
    whole = 2 * len(asked.pairs) + len(asked.signs)
    return (2 * len(both) + len(shared)) / whole if both else 0.0


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
