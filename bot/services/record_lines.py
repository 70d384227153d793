"""Finds the lines of a matter's record that share words with a question nothing else answers."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.wording import content, normalise

SHARED = 3
"""Signs in a row that a line must share with a question: 设立大会."""

MOST = 3

_COMMON = re.compile(
    "营业执照|经营许可|许可证|个体工商户|个体户|有限公司|不是|区别|必须|时候|经营|登记|备案|许可|执照|规定|审批|一定|应当|不得|需要|还要"
)
"""Words that any record has."""


def lines_about(text: str, matter: Matter) -> list[str]:
    """Return the lines of a record that speak of what a text asks, in their order, at most three.

    Names of the matter and words that any question has do not count.
    """
    said = normalise(text)
    for name in sorted((matter.name, *matter.aliases), key=len, reverse=True):
        said = said.replace(normalise(name), "\n")
    said = content(said)
    return [line for line in _lines(matter) if _shared(said, normalise(line)) >= SHARED][:MOST]


def faq_by_words(text: str, matters: Iterable[Matter]) -> Faq | None:
    """Return the question whose words or answer share the longest rare run with a text.

    None where no run is as long as a word. What every matter speaks of, as a licence, is not rare.
    """
    known = list(matters)
    said = normalise(text)
    for name in sorted({n for m in known for n in (m.name, *m.aliases)}, key=len, reverse=True):
        said = said.replace(normalise(name), "\n")
    said = content(_COMMON.sub("\n", said))
    faqs = [faq for matter in known for faq in matter.faqs]
    shared = [_shared(said, normalise(faq.question)) * 2 for faq in faqs]
    both = [
        max(own, _shared(said, normalise(faq.answer)))
        for own, faq in zip(shared, faqs, strict=True)
    ]
    best = max(both, default=0)
    return faqs[both.index(best)] if best >= SHARED else None


def _lines(matter: Matter) -> Iterator[str]:
    yield from (material.name for material in matter.materials)
    yield from matter.conditions
    yield from matter.notes
    yield from (dependency.when for dependency in matter.depends_on_if)


def _shared(one: str, other: str) -> int:
    """Return the length of the longest run of signs that two texts share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
