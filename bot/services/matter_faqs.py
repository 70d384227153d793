"""Finds the question of the catalogue that a sentence about a matter asks."""

import re
from collections.abc import Iterable

from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.wording import content, core, normalise

ALIKE = 0.5
"""Share of a question's signs and pairs of signs that a sentence must hold."""

SHORTEST = 3
"""Signs of a question, without words that any question has, that tell what it asks."""

FEWEST = 2
"""Signs that both must share."""

_VALIDITY = re.compile(
    "有效期|到期|过期|(?:管|能?用|顶)(?:几|多少)年|几年(?:一)?换|多久换|提前(?:几|多)|续(?:期|证|办)?"
)


def fitting_faq(text: str, matters: Iterable[Matter]) -> Faq | None:
    """Return the question that a sentence asks, with its answer; None for none.

    Args:
        text: What is asked.
        matters: Those that may be meant; of questions equally alike the first one's counts.
    """
    best, found = 0.0, None
    for matter in matters:
        said = _without_names(normalise(text), matter)
        for faq in matter.faqs:
            score = _alike(core(said), core(_without_names(normalise(faq.question), matter)))
            if score >= ALIKE and score > best:
                best, found = score, faq
    return found


def says_more(text: str, matter: Matter, topic_words: Iterable[str] = ()) -> bool:
    """Tell whether a text says more than the name of a matter and one of the plain questions."""
    rest = _without_names(normalise(text), matter)
    for word in sorted(topic_words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(content(rest)) >= FEWEST


def asks_validity(text: str) -> bool:
    """Tell whether it is asked how long a licence holds, or when it is renewed."""
    return _VALIDITY.search(text) is not None


def _without_names(text: str, matter: Matter) -> str:
    """Return a text without the names of a matter, also as they are without their brackets."""
    names = (matter.name, matter.name.partition("（")[0], *matter.aliases)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(normalise(name), "")
    return text


def _alike(said: str, asked: str) -> float:
    """Return how much of a question stands in what was said, 0..1."""
    signs, pairs = set(asked), _pairs(asked)
    if len(asked) < SHORTEST or not pairs:
        return 0.0
    shared = signs & set(said)
    if len(shared) < FEWEST:
        return 0.0
    both = pairs & _pairs(said)
    return (2 * len(both) + len(shared)) / (2 * len(pairs) + len(signs)) if both else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
